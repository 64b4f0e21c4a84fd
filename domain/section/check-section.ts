import { checkText } from "../check/check-text";
import type { CheckBlock, Finding } from "../check/finding";
import type { IndicatorRow } from "../indicator/figure";
import { blockText, type Content } from "./content";

export type SectionSetting = {
  half: 1 | 2;
  year: number;
  /** The heading of the part it stands in: under 下半年 a number is a hope. */
  part: string | null;
};

/**
 * One leaf's text by itself and against the table. What counts over the whole report (bullets and rows, 九个特点) needs
 * the other leaves and is left to the report's check.
 */
export function checkSection(content: Content, rows: readonly IndicatorRow[], setting: SectionSetting): Finding[] {
  const { half, year, part } = setting;
  const heading: CheckBlock[] = part ? [{ id: PART, kind: "heading", text: part }] : [];
  const blocks = content.content.flatMap((block): CheckBlock[] =>
    block.type === "table"
      ? []
      : [{ id: block.attrs.id, kind: block.type === "bullet" ? "bullet" : "paragraph", text: blockText(block) }],
  );
  return checkText([...heading, ...blocks], rows, { half, year }).filter(
    ({ rule, where }) => rule !== "R7" && where.in === "text" && where.block !== PART,
  );
}

const PART = "part";
