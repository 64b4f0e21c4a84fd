import type { ReactNode } from "react";
import type { Binding } from "../../domain/indicator/binding";
import { missingFigure, type FigureGuide } from "./figure-guide";

/** A heading within a rail's tab, with how many there are. */
export function RailHeading({ children, count, action }: { children: ReactNode; count: number; action?: ReactNode }) {
  return (
    <div className="flex min-h-11 items-center justify-between gap-2 border-b border-line-soft bg-row pr-1 pl-4.5">
      <h2 className="font-semibold">
        {children} <span className="font-normal text-ink-soft">{count}</span>
      </h2>
      {action}
    </div>
  );
}

type NumberItemProps = {
  /** 地区生产总值 · 完成总量 */
  about: string;
  /** The number among its words: a link or a button that leads to it. */
  quote: ReactNode;
  /** What the table says instead, or why it is worded differently. */
  note?: ReactNode;
  /** Beside its name. */
  action?: ReactNode;
  children?: ReactNode;
};

/** One number of a text. */
export function NumberItem({ about, quote, note, action, children }: NumberItemProps) {
  return (
    <li className="border-b border-line-soft px-4.5 py-2">
      <div className="-mr-3.5 flex min-h-8 items-center justify-between gap-2">
        <p className="text-sm text-ink-faint">{about}</p>
        {action && <div className="-my-1 shrink-0">{action}</div>}
      </div>
      {quote}
      {note}
      {children}
    </li>
  );
}

type QuotedProps = {
  quote: { before: string; stated: string; after: string };
  look: "figure" | "loose" | "mark";
};

/** A number among its words, its kind said by its underline as in the text. */
export function Quoted({ quote: { before, stated, after }, look }: QuotedProps) {
  return (
    <span className="text-ink-soft">
      {before && `…${before}`}
      {look === "mark" ? (
        <mark className="border-b-2 border-mark-line bg-mark text-ink">{stated}</mark>
      ) : (
        <span className={`${look} text-ink`}>{stated}</span>
      )}
      {after && `${after}…`}
    </span>
  );
}

/** What a bound number says, underlined as in the text. */
export function BoundWords({ binding, guide }: { binding: Binding; guide: FigureGuide }) {
  return (
    <span className={binding.attrs.text ? "figure" : "figure figure-missing"}>
      {binding.attrs.text || missingFigure(guide, binding)}
    </span>
  );
}

/** Why it is worded otherwise than the table would. */
export function OwnReason({ binding, guide: { words } }: { binding: Binding; guide: FigureGuide }) {
  if (!binding.attrs.wording) return null;
  return (
    <p className="text-sm text-status-returned">
      {words.popover.ownBecause.replace("{reason}", binding.attrs.wording.reason)}
    </p>
  );
}
