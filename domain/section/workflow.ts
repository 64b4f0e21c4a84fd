import type { Role } from "../kernel/roles";
import type { StepAction } from "../route/workflow";

/**
 * A leaf's life. The words here are the database's words too (db/schema imports them). Where it goes from state to state
 * is its report's route (domain/route/course.ts); a state is what everybody calls the step that it is at.
 *
 *   drafting ─submit→ signing, reviewing … (the route's steps, in its order) ─the last one passes→ approved
 *      ↑ withdraw ───────┘ │                                                     │ revise, submit: the route again
 *   returned ←── return ───┴─────────────────────────────────────────────────────┘
 */
export const SECTION_KINDS = [
  "title",
  "delivery",
  "speaker",
  "salutation",
  "part",
  "chapter",
  "text",
  "bullets",
  "item",
  "annex",
  "indicators",
] as const;
export type SectionKind = (typeof SECTION_KINDS)[number];

/**
 * Headings hold leaves and print their own title; the annex "indicators" is compiled from the figures. Every other kind
 * is a leaf with an owner and a text.
 */
export const HEADING_KINDS = ["part", "chapter", "indicators"] as const satisfies readonly SectionKind[];
export const isHeading = (kind: SectionKind): boolean => (HEADING_KINDS as readonly SectionKind[]).includes(kind);

export const SECTION_STATUSES = ["drafting", "signing", "reviewing", "returned", "approved"] as const;
export type SectionStatus = (typeof SECTION_STATUSES)[number];

/** What a leaf at a step of this action is called. A confirming office has no step for texts: theirs are figures. */
export const STATUS_AT: Record<StepAction, SectionStatus> = {
  sign: "signing",
  confirm: "reviewing",
  review: "reviewing",
  approve: "approved",
};

/** The role that usually acts next on a leaf in this state; nobody once it is approved. Its route may name others. */
export const HOLDER_OF: Record<SectionStatus, Role | null> = {
  drafting: "drafter",
  returned: "drafter",
  signing: "signer",
  reviewing: "lead",
  approved: null,
};
