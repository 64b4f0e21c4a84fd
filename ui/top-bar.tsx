import Link from "next/link";
import type { ReactNode } from "react";

export type NavItem = { href: string; label: string; current: boolean; count?: number | undefined };

type TopBarProps = {
  brand: string;
  home: string;
  navLabel: string;
  /** Words of the link that jumps over the bar: 跳到正文. */
  skipLabel: string;
  items: NavItem[];
  /** The account menu, or what else stands at the right end. */
  children?: ReactNode;
};

/** The line over every page: mark, places, account. On a phone the places scroll sideways under the mark. */
export function TopBar({ brand, home, navLabel, skipLabel, items, children }: TopBarProps) {
  return (
    <header className="flex flex-wrap items-center gap-x-7 border-b border-line bg-white px-4 sm:px-5 print:hidden">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:rounded focus:bg-white focus:px-3.5 focus:py-2 focus:shadow-float"
      >
        {skipLabel}
      </a>
      <Link href={home} className="flex min-h-13 items-center">
        <span className="mark">{brand}</span>
      </Link>
      <nav
        aria-label={navLabel}
        className="order-last -mx-1 flex gap-5 overflow-x-auto px-1 whitespace-nowrap max-md:w-full md:order-none"
      >
        {items.map((item) => (
          <Link
            key={item.href}
            href={item.href}
            aria-current={item.current ? "page" : undefined}
            className="flex min-h-10 items-center gap-1.5 border-y-2 border-transparent text-ink-soft -outline-offset-2 hover:text-ink aria-[current=page]:border-b-indigo aria-[current=page]:text-ink md:min-h-13"
          >
            {item.label}
            {item.count ? <span className="text-sm text-ink-faint">{item.count}</span> : null}
          </Link>
        ))}
      </nav>
      <div className="ml-auto flex items-center gap-3">{children}</div>
    </header>
  );
}
