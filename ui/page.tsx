import Link from "next/link";
import type { ReactNode } from "react";
import { Icon } from "./icon";

/** The body of a workspace page. `id` is where the skip link leads. */
export function Page({ children }: { children: ReactNode }) {
  return (
    <main id="content" tabIndex={-1} className="mx-auto flex w-full max-w-310 flex-col gap-4 px-4 pt-6 pb-12 sm:px-6">
      {children}
    </main>
  );
}

type PageHeaderProps = {
  title: ReactNode;
  /** One sentence with the figures that matter; `<b>` for those to look at. */
  summary?: ReactNode;
  actions?: ReactNode;
  back?: { href: string; label: string } | undefined;
};

export function PageHeader({ title, summary, actions, back }: PageHeaderProps) {
  return (
    <header className="flex items-end justify-between gap-x-8 gap-y-3 max-md:flex-wrap">
      <div className="min-w-0">
        {back && <BackLink {...back} />}
        <h1 className="text-xl font-semibold">{title}</h1>
        {summary && <p className="mt-1 text-ink-soft [&_b]:text-ink">{summary}</p>}
      </div>
      {actions && <div className="flex shrink-0 flex-wrap gap-2 max-md:shrink">{actions}</div>}
    </header>
  );
}

type ActionBarProps = {
  back: { href: string; label: string };
  title: ReactNode;
  /** The state, and in words who must act now. */
  status?: ReactNode;
  /** Small words beside the actions: 已保存 14:32. */
  note?: ReactNode;
  actions?: ReactNode;
};

/** The bar over one piece of work; it stays in sight while the work scrolls. */
export function ActionBar({ back, title, status, note, actions }: ActionBarProps) {
  return (
    <div className="sticky top-0 z-20 flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-white px-4 py-2 sm:px-5 print:hidden">
      <BackLink {...back} />
      <h1 className="min-w-0 text-ink-soft">{title}</h1>
      {status}
      <div className="ml-auto flex flex-wrap items-center justify-end gap-2">
        {note && <span className="mr-1 text-sm text-ink-faint">{note}</span>}
        {actions}
      </div>
    </div>
  );
}

type WorkbenchProps = {
  rail: ReactNode;
  railLabel: string;
  /** For a wide table: hardly any margin around the work. */
  dense?: boolean;
  children: ReactNode;
};

/** Work in the middle, what helps with it in a rail on the right; on a phone the rail follows below. */
export function Workbench({ rail, railLabel, dense = false, children }: WorkbenchProps) {
  return (
    <div className="grid min-h-[calc(100dvh-6.875rem)] grid-cols-[minmax(0,1fr)] max-lg:content-start lg:grid-cols-[minmax(0,1fr)_22.5rem] print:block">
      <main id="content" tabIndex={-1} className={`min-w-0 px-3 ${dense ? "py-2" : "py-4 sm:px-6 sm:py-7"}`}>
        {children}
      </main>
      <aside aria-label={railLabel} className="border-line bg-white max-lg:border-t lg:border-l print:hidden">
        <div className="lg:sticky lg:top-14 lg:max-h-[calc(100dvh-3.5rem)] lg:overflow-y-auto">{rail}</div>
      </aside>
    </div>
  );
}

function BackLink({ href, label }: { href: string; label: string }) {
  return (
    <Link href={href} className="link inline-flex min-h-(--target) items-center gap-1">
      <Icon name="chevron-left" />
      {label}
    </Link>
  );
}
