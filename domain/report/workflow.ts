/**
 * A report's life. Leaves move by themselves while it is collecting; then the compiled whole moves.
 *
 *   collecting ─sendForApproval→ approving ─approve→ approved ─(seal, deliver)→ delivered
 *       ↑                           │                   │                         │
 *       └──── recall, return ───────┘←───────────── reopen ───────────────────────┘
 */
export const REPORT_STATUSES = ["collecting", "approving", "approved", "delivered"] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];

export const VERDICTS = ["sign", "confirm", "pass", "approve", "return"] as const;
export type Verdict = (typeof VERDICTS)[number];
