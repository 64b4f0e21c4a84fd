import type { ReactNode } from "react";

/** A place with nothing in it: says so, why, and what one can do. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="border border-line bg-white px-6 py-10 text-center">
      <p className="text-lg">{title}</p>
      {children && <div className="mx-auto mt-1 max-w-[36em] text-ink-soft">{children}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
