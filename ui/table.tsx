import type { ComponentProps, ReactNode } from "react";

type TableProps = {
  /** What the table lists, for readers who do not see it. */
  label: string;
  /** On a phone every row becomes a small block of lines instead of scrolling sideways. */
  stack?: boolean;
  children: ReactNode;
};

/** A thin table: hairlines, no stripes. Wider than its place, it scrolls within itself. */
export function Table({ label, stack = false, children }: TableProps) {
  return (
    <div role="region" aria-label={label} tabIndex={0} className="overflow-x-auto border border-line bg-white">
      <table
        aria-label={label}
        className={`w-full border-collapse text-left ${stack ? "group/table max-sm:block" : ""}`}
        data-stack={stack || undefined}
      >
        {children}
      </table>
    </div>
  );
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead className="max-sm:group-data-stack/table:sr-only">
      <tr>{children}</tr>
    </thead>
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="max-sm:group-data-stack/table:block">{children}</tbody>;
}

/** `group` is a heading row over the rows that follow it. */
export function Row({ group = false, children, ...rest }: ComponentProps<"tr"> & { group?: boolean }) {
  return (
    <tr
      {...rest}
      className={`border-b border-line-soft last:border-b-0 max-sm:group-data-stack/table:flex max-sm:group-data-stack/table:flex-wrap max-sm:group-data-stack/table:gap-x-4 max-sm:group-data-stack/table:px-3.5 max-sm:group-data-stack/table:py-2 ${
        group ? "bg-row font-semibold" : "hover:bg-row"
      }`}
    >
      {children}
    </tr>
  );
}

type Align = "left" | "right" | "center";
const ALIGN: Record<Align, string> = { left: "text-left", right: "text-right", center: "text-center" };

type HeadCellProps = { align?: Align; className?: string; children?: ReactNode };

/** `className` sets a width, for example `w-2/5`. An empty one heads a column of actions. */
export function HeadCell({ align = "left", className = "", children }: HeadCellProps) {
  return (
    <th
      scope="col"
      className={`border-b border-line px-3.5 py-2 text-sm font-normal whitespace-nowrap text-ink-faint ${ALIGN[align]} ${className}`}
    >
      {children}
    </th>
  );
}

type CellProps = {
  align?: Align;
  /** Supporting words: softer, on one line. */
  soft?: boolean;
  /** The row's name: takes the whole first line on a phone. */
  main?: boolean;
  /** Steps to the right under a group row. */
  indent?: boolean;
  className?: string;
  colSpan?: number;
  children?: ReactNode;
};

export function Cell({
  align = "left",
  soft = false,
  main = false,
  indent = false,
  className = "",
  colSpan,
  children,
}: CellProps) {
  const shape = [
    "h-10.5 px-3.5 py-2 align-middle max-sm:group-data-stack/table:h-auto max-sm:group-data-stack/table:p-0 max-sm:group-data-stack/table:empty:hidden max-sm:group-data-stack/table:text-left",
    ALIGN[align],
    soft ? "text-ink-soft sm:whitespace-nowrap" : "",
    main ? "max-sm:group-data-stack/table:w-full" : "",
    indent ? "sm:pl-8.5" : "",
    className,
  ].join(" ");
  if (!main) {
    return (
      <td className={shape} colSpan={colSpan}>
        {children}
      </td>
    );
  }
  return (
    <th scope="row" className={`[font-weight:inherit] ${shape}`} colSpan={colSpan}>
      {children}
    </th>
  );
}
