import { useTranslations } from "next-intl";
import type { ComparedGrid, ComparedRow } from "../../../../../render/comparison";
import { Spans } from "./spans";

type Props = {
  grid: ComparedGrid;
  /** Every row, and not only those that something happened to. */
  all: boolean;
  /** An annex; a table between paragraphs is as wide as they are. */
  wide: boolean;
};

/** More rows than this that nothing happened to are left out, with the whole table folded under it. */
const FEW_ROWS = 4;

/** A table by cell; a sign and a word stand in the first cell of a row that something happened to. */
export function ComparedGridTable({ grid, all, wide }: Props) {
  const t = useTranslations("compare");
  const told = grid.rows.filter((row) => row.change !== "same" && !row.renumbered);
  const quiet = grid.rows.length - told.length;
  if (all || quiet < FEW_ROWS) return <Rows header={grid.header} rows={grid.rows} wide={wide} />;
  return (
    <>
      {(told.length > 0 || grid.header) && <Rows header={grid.header} rows={told} wide={wide} />}
      <details className="max-w-none! print:hidden">
        <summary className="link my-1 flex min-h-(--target) items-center justify-center font-sans text-base">
          {t("unchangedRows", { count: quiet })}
        </summary>
        <Rows header={grid.header} rows={grid.rows} wide={wide} />
      </details>
    </>
  );
}

type RowsProps = { header: ComparedGrid["header"]; rows: readonly ComparedRow[]; wide: boolean };

function Rows({ header, rows, wide }: RowsProps) {
  return (
    // Said-only words are placed: without a frame of reference here they would widen the page.
    <div className={`relative ${wide ? "annex-table" : "text-table"}`} tabIndex={0}>
      <table>
        {header && (
          <thead>
            <tr>
              {header.map((cell, x) => (
                <th key={x} scope="col">
                  <Spans spans={cell} />
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((row, y) => (
            <tr key={y}>
              {row.cells.map((cell, x) => (
                <td key={x}>
                  {x === 0 && <RowSign row={row} />}
                  <Spans spans={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const SIGNS = { inserted: "+", deleted: "−", changed: "±" } as const;

function RowSign({ row: { change, move, renumbered } }: { row: ComparedRow }) {
  const t = useTranslations("compare");
  if (change === "same" || renumbered) return null;
  return (
    <span className="mr-1 font-sans text-ink-soft">
      <span aria-hidden>{SIGNS[change]}</span>
      <span className={move === undefined ? "sr-only" : "ml-0.5 text-xs"}>
        {move === undefined ? t(`sign.${change}`) : t("rowMoved", { move })}
      </span>
    </span>
  );
}
