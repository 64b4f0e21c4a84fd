import { getTranslations } from "next-intl/server";
import type { ComparedRow, ComparedTable, Comparison } from "../../../../../render/comparison";
import { AskedBeside, AskedList } from "./asked";
import { ComparedGridTable } from "./compared-grid";
import { Spans } from "./spans";

/** The annexes by cell, those that nothing happened to only with `all`. */
export async function ComparedAnnexes({ comparison, all }: { comparison: Comparison; all: boolean }) {
  const t = await getTranslations("compare");
  const annexes = comparison.annexes.filter(({ change }) => all || change !== "same");
  if (annexes.length === 0) return null;
  return (
    <section
      id="annexes"
      aria-labelledby="compared-annexes"
      className="sheet sheet-wide min-h-0! scroll-mt-4 print:border-0 print:p-0"
    >
      <h2 id="compared-annexes" className="sr-only">
        {t("annexes")}
      </h2>
      {annexes.map((annex) => (
        <Annex key={`${annex.id} ${annex.change}`} annex={annex} all={all} />
      ))}
    </section>
  );
}

async function Annex({ annex, all }: { annex: ComparedTable; all: boolean }) {
  const t = await getTranslations("compare");
  const asked = annex.rows.filter((row) => row.asked && row.asked.length > 0);
  return (
    <div className="doc mt-4 first:mt-0">
      <h3 className="max-w-none! text-center indent-0! font-hei">
        <Spans spans={annex.mark} />　<Spans spans={annex.title} />
      </h3>
      {(annex.change === "inserted" || annex.change === "deleted") && (
        <p className="max-w-none! text-center indent-0! font-sans text-base text-ink-soft">
          {t(`sign.${annex.change}`)}
        </p>
      )}
      <div className="max-w-248! font-sans text-base">
        <AskedBeside asked={annex.asked} />
      </div>
      <ComparedGridTable grid={annex} all={all} wide />
      {asked.length > 0 && (
        <section
          aria-label={t("asked")}
          className="mt-2 border-l-4 border-mark-line bg-mark px-3 py-2 font-sans text-sm"
        >
          {asked.map((row, index) => (
            <div key={index} className="flex flex-wrap gap-x-3">
              <b>{nameOf(row)}</b>
              <AskedList asked={row.asked ?? []} />
            </div>
          ))}
        </section>
      )}
    </div>
  );
}

/** What a row is about: its first cell with letters. */
function nameOf({ cells }: ComparedRow): string {
  const words = cells.map((cell) => cell.flatMap(({ change, text }) => (change === "deleted" ? [] : [text])).join(""));
  return words.find((cell) => /\p{L}/u.test(cell)) ?? words[0] ?? "";
}
