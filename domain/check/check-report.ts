import type { IndicatorRow } from "../indicator/figure";
import { checkTable } from "./check-table";
import { assembled, blockFindings, checkText, readingPlan, type TextOptions } from "./check-text";
import type { CheckBlock, Finding } from "./finding";
import { lexiconOf, type Lexicon } from "./names";
import { readBlock, type BlockReading } from "./read-block";
import type { ReadingOptions } from "./statements";

/** Text and table: the text in reading order, then the table, which is printed behind it, row by row. */
export function checkReport(
  blocks: readonly CheckBlock[],
  rows: readonly IndicatorRow[],
  options: TextOptions,
): Finding[] {
  return [...checkText(blocks, rows, options), ...checkTable(rows, options)];
}

/**
 * `checkReport` over and over on a report that is being written: a block whose words are unchanged is not read again, and
 * while the rows are the same neither it nor the table is judged again. Holds what it saw last; makes no copies of it.
 */
export class ReportChecker {
  readonly #options: TextOptions;
  #names = "";
  #lexicon: Lexicon = lexiconOf([]);
  #figures = "";
  #table: readonly Finding[] = [];
  #blocks = new Map<string, Kept>();

  constructor(options: TextOptions) {
    this.#options = options;
  }

  check(blocks: readonly CheckBlock[], rows: readonly IndicatorRow[]): Finding[] {
    this.#see(rows);
    const kept = readingPlan(blocks, rows, this.#lexicon, this.#options).map(({ block, reading }) =>
      this.#keep(block, reading, rows),
    );
    this.#blocks = new Map(kept.map((each) => [each.reading.block.id, each]));
    const own = kept.map(({ findings }) => findings);
    const readings = kept.map(({ reading }) => reading);
    return [...assembled(readings, own, rows, this.#lexicon, this.#options), ...this.#table];
  }

  #see(rows: readonly IndicatorRow[]): void {
    const names = JSON.stringify(rows.map(namesOf));
    const figures = JSON.stringify(rows.map(({ figures: cells }) => cells));
    if (names === this.#names && figures === this.#figures) return;
    if (names !== this.#names) {
      this.#lexicon = lexiconOf(rows);
      this.#blocks.clear();
    }
    this.#names = names;
    this.#figures = figures;
    this.#table = checkTable(rows, this.#options);
  }

  #keep(block: CheckBlock, options: ReadingOptions, rows: readonly IndicatorRow[]): Kept {
    const last = this.#blocks.get(block.id);
    const isSame =
      last?.reading.block.text === block.text &&
      last.reading.block.kind === block.kind &&
      last.options.base === options.base &&
      last.options.isCity === options.isCity &&
      last.options.subject === options.subject;
    if (isSame && last.figures === this.#figures) return last;
    const reading = isSame ? last.reading : readBlock(block, this.#lexicon, options);
    const findings = blockFindings(reading, rows, this.#lexicon, this.#options);
    return { reading, options, figures: this.#figures, findings };
  }
}

type Kept = { reading: BlockReading; options: ReadingOptions; figures: string; findings: readonly Finding[] };

const namesOf = ({ code, officialName, shortName, aliases, unit, kind }: IndicatorRow): unknown[] => [
  code,
  officialName,
  shortName,
  aliases,
  unit,
  kind,
];
