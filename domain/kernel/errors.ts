/**
 * Refusals: the closed list of what the domain says no to. Each key has a sentence in messages/<locale>/refusal.json
 * that says what is safe and what to do next.
 */
export const REFUSALS = [
  "not-found",
  "not-your-role",
  "not-your-department",
  "own-work",
  "signed-by-you",
  "not-at-a-step",
  "not-your-step",
  "already-decided",
  "not-an-earlier-step",
  "not-approved-yet",
  "approved-not-revised",
  "approvals-stale",
  "report-not-recallable",
  "seat-taken",
  "seat-not-deciding",
  "seat-given-away",
  "seat-own-work",
  "route-needs-lead",
  "route-needs-approver",
  "route-step-unfit",
  "route-gone",
  "step-not-skippable",
  "delegation-of-another",
  "delegation-past",
  "delegation-long",
  "delegate-not-colleague",
  "delegation-overlaps",
  "report-not-collecting",
  "section-not-open",
  "section-not-signing",
  "section-not-reviewing",
  "section-not-returnable",
  "section-not-withdrawable",
  "text-empty",
  "text-kind-mismatch",
  "stale-version",
  "reasons-missing",
  "reason-not-in-text",
  "leaves-not-approved",
  "report-not-approving",
  "report-not-approved",
  "report-not-reopenable",
  "characters-missing",
  "document-changed",
  "edition-delivered",
  "confirmation-mismatch",
  "slug-taken",
  "login-taken",
  "role-not-for-organ",
  "administrators-separate",
  "own-account",
  "password-weak",
  "password-wrong",
  "indicator-not-open",
  "indicator-not-signing",
  "indicator-not-confirming",
  "indicator-not-reviewing",
  "indicator-not-returnable",
  "indicator-not-withdrawable",
  "indicator-code-taken",
  "indicator-in-use",
  "figures-missing",
  "figures-blank",
  "figures-stale",
  "indicators-not-approved",
  "figures-changed",
  "figure-too-fine",
  "findings-open",
  "evidence-kind",
  "evidence-too-large",
  "evidence-too-many",
  "nothing-to-restore",
  "nothing-chosen",
  "remark-text-away",
  "remark-text-changed",
  "remark-settled",
  "remark-not-yours",
  "remark-internal",
  "remark-lead-not-yet",
  "remarks-full",
  "remark-block-long",
  "remark-figures-internal",
  "suggestion-same",
  "suggestion-figure",
  "suggestion-long",
  "import-changed",
  "reasons-unanswered",
  "reason-settled",
  "reason-words-away",
  "nothing-owed",
  "urged-today",
  "permit-not-later",
  "day-past",
  "no-mail-address",
  "webhook-secret-missing",
] as const;
export type RefusalKey = (typeof REFUSALS)[number];

export type RefusalParams = Record<string, string | number>;

/** A plain no, with its reason. Translated at the edge; never shown as a stack trace. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  constructor(
    readonly key: RefusalKey,
    readonly params: RefusalParams = {},
  ) {
    super(key);
  }
}

const UNAVAILABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOTFOUND",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "08006",
  "08001",
  "08004",
]);
const FULL = new Set(["53100", "ENOSPC"]);

/** Tells a database that is away, or a full disk, from a defect. Looks through drizzle's wrapping of the cause. */
export function outage(error: unknown): "database-away" | "disk-full" | null {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = "code" in at && typeof at.code === "string" ? at.code : "";
    if (FULL.has(code)) return "disk-full";
    if (UNAVAILABLE.has(code)) return "database-away";
  }
  return null;
}
