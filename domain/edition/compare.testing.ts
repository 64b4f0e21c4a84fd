import type { ComparedBlock, ComparedGrid, ComparedSpan, ComparedTable, Comparison } from "../../render/comparison";
import type { Annex, Block, ReportDocument } from "../../render/report-document";

type Run = { text: string; lead?: true };
type Read =
  | { kind: string; level?: number; mark: string; runs: Run[] }
  | { kind: "table"; header: string[] | null; rows: string[][] };
type ReadAnnex = { title: string; header: string[] | null; rows: string[][] };
export type ReadReport = { blocks: Read[]; annexes: ReadAnnex[] };

/** What a reader has who leaves out what is not of the one side. */
export function readSide({ blocks, annexes }: Comparison, side: "from" | "to"): ReadReport {
  const absent = side === "from" ? ["inserted", "moved-to"] : ["deleted", "moved-from"];
  const words = (spans: readonly ComparedSpan[]) => spans.filter(({ change }) => !absent.includes(change));
  const text = (spans: readonly ComparedSpan[]) =>
    words(spans)
      .map((span) => span.text)
      .join("");
  const grid = ({ columns, header, rows }: ComparedGrid) => {
    const cells = (all: readonly ComparedSpan[][]) =>
      all.filter((_, x) => !absent.includes(columns[x] ?? "")).map(text);
    return {
      header: header && cells(header),
      rows: rows.filter(({ change }) => !absent.includes(change)).map((row) => cells(row.cells)),
    };
  };
  const block = (one: ComparedBlock): Read => {
    if (one.kind === "table") return { kind: "table", ...grid(one) };
    const { kind, level } = side === "from" ? (one.was ?? one) : one;
    return { kind, ...(level ? { level } : {}), mark: text(one.mark), runs: runsOf(words(one.spans)) };
  };
  return {
    blocks: blocks.filter(({ change }) => !absent.includes(change)).map(block),
    annexes: annexes
      .filter(({ change }) => !absent.includes(change))
      .map((annex: ComparedTable) => ({ title: text(annex.title), ...grid(annex) })),
  };
}

/** The same of a report that nothing was compared with. */
export const readReport = ({ blocks, annexes }: ReportDocument): ReadReport => ({
  blocks: blocks.map(readBlock),
  annexes: annexes.map(({ title, header, rows }: Annex) => ({ title, header, rows })),
});

function readBlock(block: Block): Read {
  switch (block.kind) {
    case "table":
      return { kind: "table", header: block.header ?? null, rows: block.rows };
    case "heading":
      return { kind: "heading", level: block.level, mark: block.number, runs: runsOf([{ text: block.text }]) };
    case "bullet":
      return { kind: "bullet", mark: "——", runs: runsOf(block.spans) };
    default:
      return { kind: block.kind, mark: "number" in block ? (block.number ?? "") : "", runs: runsOf(block.spans) };
  }
}

function runsOf(spans: readonly Run[]): Run[] {
  const runs: Run[] = [];
  for (const { text, lead } of spans) {
    const last = runs.at(-1);
    if (text === "") continue;
    if (last && last.lead === lead) last.text += text;
    else runs.push({ text, ...(lead ? { lead } : {}) });
  }
  return runs;
}
