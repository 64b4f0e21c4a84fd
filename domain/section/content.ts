import { z } from "zod";
import { ClauseAttrs, CountAttrs, FigureAttrs, type Binding } from "../indicator/binding";

/**
 * A leaf's text as the editor writes it and the database keeps it: ProseMirror JSON under a strict schema.
 * Block ids are stable: a return names a paragraph by its id. Limits guard the server, not the writer's quota.
 */
export const CONTENT_LIMITS = { bytes: 512 * 1024, blocks: 500, cells: 4000 } as const;

export const BlockId = z.string().regex(/^[A-Za-z0-9_-]{6,40}$/);

/** PostgreSQL's jsonb takes no NUL and no half of a surrogate pair. */
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes("\0");

const Lead = z.strictObject({ type: z.literal("lead") });
const Text = z.strictObject({
  type: z.literal("text"),
  text: z.string().min(1).max(100_000).refine(isStorable, { message: "not-storable" }),
  marks: z.array(Lead).max(1).optional(),
});
const marks = z.array(Lead).max(1).optional();
/** Words in a line: typed, or taken from the indicators' table (binding.ts). */
const Inline = z.discriminatedUnion("type", [
  Text,
  z.strictObject({ type: z.literal("figure"), attrs: FigureAttrs, marks }),
  z.strictObject({ type: z.literal("clause"), attrs: ClauseAttrs, marks }),
  z.strictObject({ type: z.literal("count"), attrs: CountAttrs, marks }),
]);
const BlockAttrs = z.strictObject({ id: BlockId });
const Paragraph = z.strictObject({
  type: z.literal("paragraph"),
  attrs: BlockAttrs,
  content: z.array(Inline).optional(),
});
const Bullet = z.strictObject({
  type: z.literal("bullet"),
  attrs: BlockAttrs,
  content: z.array(Inline).optional(),
});
const CellParagraph = z.strictObject({
  type: z.literal("paragraph"),
  attrs: z.strictObject({ id: BlockId.nullable() }).optional(),
  content: z.array(Text).optional(),
});
const Cell = z.strictObject({
  type: z.enum(["tableHeader", "tableCell"]),
  attrs: z
    .strictObject({
      colspan: z.number().int().min(1).max(20),
      rowspan: z.number().int().min(1).max(200),
      colwidth: z.array(z.number()).nullable(),
    })
    .partial()
    .optional(),
  content: z.array(CellParagraph).length(1),
});
const Row = z.strictObject({ type: z.literal("tableRow"), content: z.array(Cell).min(1).max(20) });
const Table = z.strictObject({
  type: z.literal("table"),
  attrs: BlockAttrs,
  content: z
    .array(Row)
    .min(1)
    .max(CONTENT_LIMITS.cells / 20),
});

const Block = z.discriminatedUnion("type", [Paragraph, Bullet, Table]);

export const Content = z
  .strictObject({ type: z.literal("doc"), content: z.array(Block).max(CONTENT_LIMITS.blocks) })
  .refine((doc) => new Set(doc.content.map((block) => block.attrs.id)).size === doc.content.length, {
    message: "block-ids-not-unique",
  })
  .refine(
    (doc) => {
      const ids = doc.content.flatMap(bindingsIn).map((node) => node.attrs.id);
      return new Set(ids).size === ids.length;
    },
    { message: "binding-ids-not-unique" },
  );

export type Content = z.infer<typeof Content>;
export type ContentBlock = Content["content"][number];
export type ContentText = z.infer<typeof Text>;
export type ContentInline = z.infer<typeof Inline>;
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

/** True when nobody has written anything: no block has a visible character. */
export function isEmpty(content: Content): boolean {
  return content.content.every((block) => blockText(block).trim() === "");
}
