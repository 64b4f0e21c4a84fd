import { getTranslations } from "next-intl/server";
import { DISPOSITIONS } from "../../../../domain/consultation/workflow";
import { isOneOf, ROLES } from "../../../../domain/kernel/roles";
import { EDITION_KINDS } from "../../../../domain/edition/workflow";
import { REPORT_STATUSES } from "../../../../domain/report/workflow";
import { SECTION_STATUSES } from "../../../../domain/section/workflow";

type Detail = Record<string, string | number | boolean | null>;

/** An entry's particulars as "name value" pairs, in words where the value is one of ours. */
export async function AuditDetail({ subject, detail }: { subject: string; detail: Detail }) {
  const [t, inWords] = await Promise.all([getTranslations("admin"), wordsFor(subject)]);
  return (
    <ul className="flex flex-wrap gap-x-4">
      {inOrder(detail).map(([name, value]) => (
        <li key={name} className="min-w-0 break-words">
          <span className="text-ink-soft">{isOneOf(name, NAMES) ? t(`detailOf.${name}`) : name}</span>{" "}
          {inWords(name, String(value ?? "—"))}
        </li>
      ))}
    </ul>
  );
}

/** In the order in which they read; jsonb keeps none. What has no name here comes last. */
function inOrder(detail: Detail): [string, Detail[string]][] {
  const place = (name: string) => (isOneOf(name, NAMES) ? NAMES.indexOf(name) : NAMES.length);
  return Object.entries(detail).toSorted(([a], [b]) => place(a) - place(b));
}

const NAMES = [
  "login",
  "role",
  "organ",
  "sessions",
  "from",
  "to",
  "revision",
  "restored",
  "lengthLimit",
  "number",
  "kind",
  "sha256",
  "supersedes",
  "open",
  "recipients",
  "slug",
  "leaves",
  "figures",
  "skipped",
  "sitting",
  "steps",
  "items",
  "departments",
  "day",
  "host",
] as const;

async function wordsFor(subject: string): Promise<(name: string, value: string) => string> {
  const [consultation, role, section, report, edition] = await Promise.all([
    getTranslations("consultation"),
    getTranslations("role"),
    getTranslations("section"),
    getTranslations("report"),
    getTranslations("edition"),
  ]);
  return (name, value) => {
    if (name === "role" && isOneOf(value, ROLES)) return role(value);
    if (name === "kind" && isOneOf(value, EDITION_KINDS)) return edition(`kind.${value}`);
    if (name === "sha256") return value.slice(0, 12);
    if (name !== "from" && name !== "to") return value;
    if (subject === "consultation" && isOneOf(value, DISPOSITIONS)) return consultation(`disposition.${value}`);
    if (subject === "section" && isOneOf(value, SECTION_STATUSES)) return section(`status.${value}`);
    return subject === "report" && isOneOf(value, REPORT_STATUSES) ? report(`status.${value}`) : value;
  };
}
