import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

export type StatusTone = "none" | "draft" | "submitted" | "returned" | "approved" | "overdue";

/** Icon and colour of each tone, for what is too small for a whole Status. */
export const STATUS_LOOKS: Record<StatusTone, { icon: IconName; colour: string }> = {
  none: { icon: "circle", colour: "text-ink-soft" },
  draft: { icon: "pencil", colour: "text-status-draft" },
  submitted: { icon: "arrow-right", colour: "text-status-submitted" },
  returned: { icon: "arrow-left", colour: "text-status-returned" },
  approved: { icon: "check", colour: "text-status-approved" },
  overdue: { icon: "clock", colour: "text-status-overdue" },
};

/** A state: icon, word and colour together, never colour alone. `icon` replaces the tone's own (a lock, a seal). */
export function Status({ tone, icon, children }: { tone: StatusTone; icon?: IconName; children: ReactNode }) {
  const look = STATUS_LOOKS[tone];
  return (
    <span className={`inline-flex items-start gap-1.5 align-top ${look.colour}`}>
      <Icon name={icon ?? look.icon} className="mt-1 size-4" />
      <span>{children}</span>
    </span>
  );
}
