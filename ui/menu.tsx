import Link from "next/link";
import type { ReactNode } from "react";
import { Icon } from "./icon";

/** A menu that opens without script: the account at the right end of the top bar. */
export function Menu({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <details name="menu" className="group sm:relative">
      <summary className="flex min-h-(--target) items-center gap-1.5 rounded px-2 text-ink-soft hover:text-ink">
        {label}
        <Icon name="chevron-down" className="group-open:rotate-180" />
      </summary>
      <div className="absolute right-0 z-40 mt-1 min-w-52 max-sm:inset-x-3 rounded border border-line bg-white py-1 shadow-float">
        {children}
      </div>
    </details>
  );
}

export const MENU_ITEM =
  "flex min-h-(--target) w-full items-center gap-2 px-3.5 text-left -outline-offset-2 hover:bg-indigo-tint aria-[current]:font-semibold";

export function MenuLink({
  href,
  current = false,
  children,
}: {
  href: string;
  current?: boolean;
  children: ReactNode;
}) {
  return (
    <Link href={href} className={MENU_ITEM} aria-current={current ? "page" : undefined}>
      {children}
    </Link>
  );
}

/** An item that acts: stands in a plain form whose action is the act (signing out). */
export function MenuButton({ name, value, children }: { name?: string; value?: string; children: ReactNode }) {
  return (
    <button type="submit" name={name} value={value} className={MENU_ITEM}>
      {children}
    </button>
  );
}

/** Words that cannot be chosen: who is signed in. */
export function MenuNote({ children }: { children: ReactNode }) {
  return <p className="border-b border-line-soft px-3.5 pt-1 pb-2 text-sm text-ink-soft">{children}</p>;
}
