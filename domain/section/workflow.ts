import type { Role } from "../kernel/roles";

/**
 * A leaf's life. The words here are the database's words too (db/schema imports them).
 *
 *   drafting ─submit→ signing ─sign→ reviewing ─pass→ approved
 *      ↑                 │               │               │
 *      └──── withdraw ───┘     ←withdraw─┘ (back to signing, by the department's signer)
 *   returned ←───────── return ──────────┴───────────────┘      returned ─submit→ signing
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

type Move = { by: Role; from: readonly SectionStatus[]; to: SectionStatus };

/** Who moves a leaf from where to where. One role has at most one road for each verb. */
export const SECTION_MOVES = {
  submit: [{ by: "drafter", from: ["drafting", "returned"], to: "signing" }],
  withdraw: [
    { by: "drafter", from: ["signing"], to: "drafting" },
    { by: "signer", from: ["reviewing"], to: "signing" },
  ],
  sign: [{ by: "signer", from: ["signing"], to: "reviewing" }],
  pass: [{ by: "lead", from: ["reviewing"], to: "approved" }],
  return: [
    { by: "signer", from: ["signing"], to: "returned" },
    { by: "lead", from: ["reviewing", "approved"], to: "returned" },
  ],
} as const satisfies Record<string, readonly Move[]>;

export type SectionMove = keyof typeof SECTION_MOVES;

export function moveOf(verb: SectionMove, role: Role): Move | undefined {
  return (SECTION_MOVES[verb] as readonly Move[]).find((move) => move.by === role);
}

/** The role that must act next on a leaf in this state; nobody once it is approved. */
export const HOLDER_OF: Record<SectionStatus, Role | null> = {
  drafting: "drafter",
  returned: "drafter",
  signing: "signer",
  reviewing: "lead",
  approved: null,
};
