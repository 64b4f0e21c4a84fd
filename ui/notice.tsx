import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

export type NoticeTone = "info" | "success" | "warning" | "error";

const LOOKS: Record<NoticeTone, { icon: IconName; box: string; colour: string }> = {
  info: { icon: "info", box: "border-indigo-line bg-indigo-tint", colour: "text-indigo" },
  success: { icon: "check", box: "border-status-approved/40 bg-approved-tint", colour: "text-status-approved" },
  warning: { icon: "warning", box: "border-mark-line bg-returned-tint", colour: "text-status-returned" },
  error: { icon: "warning", box: "border-status-overdue/50 bg-vermilion-tint", colour: "text-status-overdue" },
};

type NoticeProps = {
  tone?: NoticeTone;
  title?: ReactNode;
  children?: ReactNode;
  /** A link or button at the end of the line. */
  action?: ReactNode;
};

/** One line that says what happened, what is safe and what to do. Errors interrupt a screen reader, the rest waits. */
export function Notice({ tone = "info", title, children, action }: NoticeProps) {
  const look = LOOKS[tone];
  return (
    <div
      role={tone === "error" ? "alert" : "status"}
      className={`flex flex-wrap items-center gap-x-4 gap-y-1 rounded border px-3.5 py-2 ${look.box}`}
    >
      <div className="flex min-w-0 flex-1 basis-60 items-start gap-2">
        <Icon name={look.icon} className={`mt-1 ${look.colour}`} />
        <div>
          {title && <p className={`font-semibold ${look.colour}`}>{title}</p>}
          {children}
        </div>
      </div>
      {action}
    </div>
  );
}
