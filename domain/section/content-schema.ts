import { z } from "zod";
import { ClauseAttrs, CountAttrs, FigureAttrs } from "../indicator/binding-schema";
import { isStorable } from "../kernel/storable";
import { CONTENT_LIMITS } from "./content-limits";

/**
 * The shape of a leaf's text (content.ts), as the server checks whatever it is sent. Apart from the rest, because a
 * browser that writes needs none of it before its first letter.
 */
export const BlockId = z.string().regex(/^[A-Za-z0-9_-]{6,40}$/);

const COLUMNS = 20;

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
/** A point whose number （1） is not text: it is counted in its run (numbering.ts). */
const Numbered = z.strictObject({
  type: z.literal("numbered"),
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
      colspan: z.number().int().min(1).max(COLUMNS),
      rowspan: z.number().int().min(1).max(200),
      colwidth: z.array(z.number()).nullable(),
    })
    .partial()
    .optional(),
  content: z.array(CellParagraph).length(1),
});
const Row = z.strictObject({ type: z.literal("tableRow"), content: z.array(Cell).min(1).max(COLUMNS) });
const Table = z.strictObject({
  type: z.literal("table"),
  attrs: BlockAttrs,
  content: z
    .array(Row)
    .min(1)
    .max(CONTENT_LIMITS.cells / COLUMNS)
    .refine(fitsGrid, { message: "cells-outside-grid" }),
});

const Block = z.discriminatedUnion("type", [Paragraph, Bullet, Numbered, Table]);

export const Content = z
  .strictObject({ type: z.literal("doc"), content: z.array(Block).max(CONTENT_LIMITS.blocks) })
  .refine((doc) => new Set(doc.content.map((block) => block.attrs.id)).size === doc.content.length, {
    message: "block-ids-not-unique",
  })
  .refine(
    (doc) => {
      const ids = doc.content.flatMap(bindingIdsIn);
      return new Set(ids).size === ids.length;
    },
    { message: "binding-ids-not-unique" },
  );

/** No row wider than a table may be, no cell that reaches past the last row: merged cells are drawn out in a grid. */
function fitsGrid(rows: readonly z.infer<typeof Row>[]): boolean {
  // By column: the row at which it is free again.
  const free: number[] = [];
  for (const [y, row] of rows.entries()) {
    let x = 0;
    for (const { attrs } of row.content) {
      const { colspan = 1, rowspan = 1 } = attrs ?? {};
      while ((free[x] ?? 0) > y) x += 1;
      if (x + colspan > COLUMNS || y + rowspan > rows.length) return false;
      for (const end = x + colspan; x < end; x += 1) free[x] = Math.max(free[x] ?? 0, y + rowspan);
    }
  }
  return true;
}

function bindingIdsIn(block: z.infer<typeof Block>): string[] {
  if (block.type === "table") return [];
  return (block.content ?? []).flatMap((node) => (node.type === "text" ? [] : node.attrs.id));
}

export type Content = z.infer<typeof Content>;
export type ContentText = z.infer<typeof Text>;
export type ContentInline = z.infer<typeof Inline>;
