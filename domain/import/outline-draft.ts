import type { Content, ContentBlock } from "../section/content";
import { isHeading, type SectionKind } from "../section/workflow";
import { widthOf, type ImportedTable, type Run } from "./imported-document";

/** Where a node's words come from: `taken` was taken off in front of them (a number, a bullet), `kept` is what it says. */
export type Source = { block: number; taken: string; kept: string };

/** A node that is still being gathered. Headings and the indicators' table have a title and no text. */
export type DraftNode = {
  parent: DraftNode | null;
  kind: SectionKind;
  title: string;
  runOn: boolean;
  blocks: DraftBlock[];
  source: Source[];
};
export type DraftBlock = { type: "paragraph" | "bullet"; runs: Run[] } | { type: "table"; table: ImportedTable };

export type ImportedNode = {
  /** The positions down to it: "6.2.1". */
  key: string;
  parent: string | null;
  /** Among its siblings, from 1. */
  position: number;
  kind: SectionKind;
  title: string;
  runOn: boolean;
  /** Null for headings and for the annex of figures. */
  content: Content | null;
  source: Source[];
};

/** Gives the nodes their places, keys and block ids; the same drafts always get the same. */
export function placed(drafts: readonly DraftNode[]): ImportedNode[] {
  const siblings = new Map<DraftNode | null, number>();
  const keys = new Map<DraftNode, string>();
  return drafts.map((draft) => {
    const position = (siblings.get(draft.parent) ?? 0) + 1;
    siblings.set(draft.parent, position);
    const parent = draft.parent && (keys.get(draft.parent) ?? null);
    const key = parent === null ? String(position) : `${parent}.${position}`;
    keys.set(draft, key);
    const { kind, title, runOn, source } = draft;
    const content = isHeading(kind) ? null : contentOf(key, draft.blocks);
    return { key, parent, position, kind, title, runOn, content, source };
  });
}

function contentOf(key: string, blocks: readonly DraftBlock[]): Content {
  return {
    type: "doc",
    content: blocks.map((block, index): ContentBlock => {
      const attrs = { id: `b-${key.replaceAll(".", "-")}-${String(index + 1).padStart(3, "0")}` };
      if (block.type === "table") return { type: "table", attrs, content: rowsOf(block.table) };
      const content = block.runs.map(({ text, bold }) =>
        bold ? { type: "text" as const, text, marks: [{ type: "lead" as const }] } : { type: "text" as const, text },
      );
      return { type: block.type, attrs, content };
    }),
  };
}

/** A table as the text of an annex, under the key of its node. */
export const tableContent = (key: string, table: ImportedTable): Content => contentOf(key, [{ type: "table", table }]);

type Row = Extract<ContentBlock, { type: "table" }>["content"][number];

/** Merged cells stay merged. The first row is the header, with every row that its cells reach into. */
function rowsOf(table: ImportedTable): Row[] {
  const headers = Math.max(1, ...(table.rows[0] ?? []).map((cell) => cell.rowspan));
  return table.rows.map((row, index) => ({
    type: "tableRow",
    content: row.map((cell) => {
      const text = oneLine(cell.text);
      return {
        type: index < headers ? ("tableHeader" as const) : ("tableCell" as const),
        ...(cell.colspan > 1 || cell.rowspan > 1
          ? { attrs: { colspan: cell.colspan, rowspan: cell.rowspan, colwidth: null } }
          : {}),
        content: [
          { type: "paragraph" as const, ...(text === "" ? {} : { content: [{ type: "text" as const, text }] }) },
        ],
      };
    }),
  }));
}

/** A cell is one line: Chinese needs no blank where it was broken. */
export const oneLine = (text: string): string =>
  text
    .replace(/\s+/g, (blank) => (blank.includes("\n") ? "\n" : " "))
    .replace(/(?<=[\u2e80-\uffef])\n|\n(?=[\u2e80-\uffef])/g, "")
    .replaceAll("\n", " ")
    .trim();

const MOST = { columns: 20, rows: 200 } as const;

/** A table that the text's own limits have room for, and whose every row has a cell. */
export function fits(table: ImportedTable): boolean {
  return (
    table.rows.length <= MOST.rows &&
    widthOf(table) <= MOST.columns &&
    table.rows.every((row) => row.length > 0 && row.every(({ rowspan }) => rowspan <= MOST.rows))
  );
}
