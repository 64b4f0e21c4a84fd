import { IMPORT_REFUSALS } from "../../domain/import/import-refusal";
import { IMPORT_LIMIT_MEGABYTES } from "../../domain/import/import-limit";
import { LEFT_OVER_REASONS } from "../../domain/import/imported-document";
import { MATCH_REASONS } from "../../domain/import/match-outline";
import type { RefusalKey } from "../../domain/kernel/errors";
import type { Messages } from "../../messages/load";
import { fill } from "../fill";

export type ImportFileWords = ReturnType<typeof importFileWords>;

/** Of the domain's refusals those that an import can meet. */
const REFUSED = [
  "not-found",
  "not-your-role",
  "not-your-department",
  "report-not-collecting",
  "section-not-open",
  "text-kind-mismatch",
  "import-changed",
  "slug-taken",
] as const satisfies readonly RefusalKey[];

/** What is said of a file that is sent, as plain strings; the browser fills in what stays open in them. */
export function importFileWords({ import: words, refusal }: Messages) {
  const refusals: Record<string, string> = Object.fromEntries([
    ...IMPORT_REFUSALS.map((key) => [`refused-${key}`, words[`refused-${key}`]] as const),
    ...REFUSED.map((key) => [key, refusal[key]] as const),
  ]);
  const left: Record<string, string> = Object.fromEntries(
    LEFT_OVER_REASONS.map((reason) => [reason, words[`left-${reason}`]]),
  );
  const match: Record<string, string> = Object.fromEntries(
    MATCH_REASONS.map((reason) => [reason, words[`match-${reason}`]]),
  );
  return {
    ...words.file,
    kinds: fill(words.file.kinds, { megabytes: IMPORT_LIMIT_MEGABYTES }),
    refusals,
    left,
    match,
    repair: words.repair,
    repairedPart: words["repaired-part"],
  };
}
