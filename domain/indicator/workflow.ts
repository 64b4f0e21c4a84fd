import type { Role } from "../kernel/roles";

/**
 * An indicator's row in one report moves by itself, like a leaf; where another office confirms it, that is a step more.
 *
 *   drafting ─submit→ signing ─sign→ [confirming ─confirm→] reviewing ─pass→ approved
 *      ↑                 │                 │                    │               │
 *      └──── withdraw ───┘  ←── withdraw ──┴────────────────────┘ (back to signing, by the department's signer)
 *   returned ←────────── return ───────────┴────────────────────┴───────────────┘     returned ─submit→ signing
 */
export const INDICATOR_STATUSES = ["drafting", "signing", "confirming", "reviewing", "returned", "approved"] as const;
export type IndicatorStatus = (typeof INDICATOR_STATUSES)[number];

/** `office`: whose post it must be; the lead bureau's is its own. */
type Move = {
  by: Role;
  office: "owner" | "confirmer" | "any";
  from: readonly IndicatorStatus[];
  to: IndicatorStatus;
};

export const INDICATOR_MOVES = {
  submit: [{ by: "drafter", office: "owner", from: ["drafting", "returned"], to: "signing" }],
  withdraw: [
    { by: "drafter", office: "owner", from: ["signing"], to: "drafting" },
    { by: "signer", office: "owner", from: ["confirming", "reviewing"], to: "signing" },
  ],
  /** On to the confirming office where there is one (`afterSigning`). */
  sign: [{ by: "signer", office: "owner", from: ["signing"], to: "reviewing" }],
  confirm: [{ by: "signer", office: "confirmer", from: ["confirming"], to: "reviewing" }],
  pass: [{ by: "lead", office: "any", from: ["reviewing"], to: "approved" }],
  return: [
    { by: "signer", office: "owner", from: ["signing"], to: "returned" },
    { by: "signer", office: "confirmer", from: ["confirming"], to: "returned" },
    { by: "lead", office: "any", from: ["reviewing", "approved"], to: "returned" },
  ],
} as const satisfies Record<string, readonly Move[]>;

export type IndicatorMove = keyof typeof INDICATOR_MOVES;

export const movesOf = (verb: IndicatorMove): readonly Move[] => INDICATOR_MOVES[verb];

export const afterSigning = (confirmOrganId: string | null): IndicatorStatus =>
  confirmOrganId === null ? "reviewing" : "confirming";
