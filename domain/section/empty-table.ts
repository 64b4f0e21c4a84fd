import type { Content, ContentBlock } from "./content";

/** Columns of an annex that name the row and do not change with the period: 序号, 主要经济指标, 计算单位. */
const NAMING_COLUMNS = 3;

/**
 * Last period's annex as a form for this one: header with its years moved on, names and units kept, figures empty.
 */
export function emptyTableLike(last: Content, lastYear: number, year: number): Content {
  const moved = (text: string) =>
    text.replace(/(\d{4})年/g, (_, digits: string) => `${Number(digits) + year - lastYear}年`);
  return {
    type: "doc",
    content: last.content.map((block): ContentBlock => {
      if (block.type !== "table") return block;
      return {
        ...block,
        content: block.content.map((row) => ({
          ...row,
          content: row.content.map((cell, column) => {
            const text = (cell.content[0]?.content ?? []).map((node) => node.text).join("");
            const kept = cell.type === "tableHeader" ? moved(text) : column < NAMING_COLUMNS ? text : "";
            return { ...cell, content: [kept ? paragraph(kept) : { type: "paragraph" as const }] };
          }),
        })),
      };
    }),
  };
}

const paragraph = (text: string) => ({ type: "paragraph" as const, content: [{ type: "text" as const, text }] });
