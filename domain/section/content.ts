import type { Binding } from "../indicator/binding";
import type { Content, ContentInline, ContentText } from "./content-schema";

/**
 * A leaf's text as the editor writes it and the database keeps it: ProseMirror JSON under a strict schema
 * (content-schema.ts). Block ids are stable: a return names a paragraph by its id.
 */
export type { Content, ContentInline, ContentText };
export type ContentBlock = Content["content"][number];
export type TextBlock = Exclude<ContentBlock, { type: "table" }>;
export type TableBlock = Extract<ContentBlock, { type: "table" }>;

export const EMPTY_CONTENT: Content = { type: "doc", content: [] };

/** The words of one block, without marks; a table gives its cells joined by tabs and newlines. */
export function blockText(block: ContentBlock): string {
  if (block.type === "table")
    return tableText(block)
      .map((row) => row.join("\t"))
      .join("\n");
  return (block.content ?? []).map(inlineText).join("");
}

export const inlineText = (node: ContentInline): string => (node.type === "text" ? node.text : node.attrs.text);

/** The nodes of a text that take their words from the indicators' table, in reading order. */
export const bindingsOf = (content: Content): Binding[] => content.content.flatMap(bindingsIn);

function bindingsIn(block: { type: string; content?: unknown }): Binding[] {
  if (block.type === "table") return [];
  return ((block.content ?? []) as ContentInline[]).filter((node) => node.type !== "text");
}

/** The same text, its bound nodes saying what `wordsOf` gives for them; null leaves a node as it is. */
export function withBoundTexts(content: Content, wordsOf: (binding: Binding) => string | null): Content {
  return {
    ...content,
    content: content.content.map((block) =>
      block.type === "table"
        ? block
        : {
            ...block,
            content: block.content?.map((node) => {
              if (node.type === "text") return node;
              const text = wordsOf(node);
              return text === null ? node : ({ ...node, attrs: { ...node.attrs, text } } as ContentInline);
            }),
          },
    ),
  };
}

/** A table's cells as text, row by row. */
export function tableText(table: TableBlock): string[][] {
  return table.content.map((row) =>
    row.content.map((cell) => (cell.content[0]?.content ?? []).map((node) => node.text).join("")),
  );
}

/** A table's cells, every row equally long: merged cells repeat their words in each place they cover. */
export function tableGrid(table: TableBlock): string[][] {
  const words = tableText(table);
  const grid: string[][] = table.content.map(() => []);
  for (const [y, row] of table.content.entries()) {
    let x = 0;
    for (const [index, cell] of row.content.entries()) {
      while (grid[y]?.[x] !== undefined) x++;
      const { rowspan = 1, colspan = 1 } = cell.attrs ?? {};
      const text = words[y]?.[index] ?? "";
      for (const line of grid.slice(y, y + rowspan)) for (let i = 0; i < colspan; i++) line[x + i] = text;
    }
  }
  const width = Math.max(0, ...grid.map((line) => line.length));
  return grid.map((line) => Array.from({ length: width }, (_, x) => line[x] ?? ""));
}

/** The first row is a header when all its cells say so and there is another row. */
export const hasHeaderRow = (table: TableBlock): boolean =>
  table.content.length > 1 && table.content[0]?.content.every((cell) => cell.type === "tableHeader") === true;

/** True when nobody has written anything: no block has a visible character. */
export function isEmpty(content: Content): boolean {
  return content.content.every((block) => blockText(block).trim() === "");
}
