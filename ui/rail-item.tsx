import type { ReactNode } from "react";

type RailItemProps = { kind: ReactNode; quote?: ReactNode; actions?: ReactNode; children?: ReactNode };

/** One entry in a rail: a small line that says what it is, the words, what one can do about it. */
export function RailItem({ kind, quote, actions, children }: RailItemProps) {
  return (
    <div className="border-b border-line-soft px-4.5 py-3.5">
      <p className="text-sm text-ink-faint">{kind}</p>
      {quote && <blockquote className="my-1.5 border-l-2 border-line pl-2.5 text-ink-soft">{quote}</blockquote>}
      {children}
      {actions && <div className="mt-1 -ml-3.5 flex flex-wrap">{actions}</div>}
    </div>
  );
}
