import type { ContentInline, TextBlock } from "../../domain/section/content";
import { mentions } from "../../domain/check/mentions";
import { looseMentions, piecesOf } from "../../domain/section/recognise";
import { COUNTS, type ClauseForm } from "../../domain/indicator/binding";
import type { IndicatorRow } from "../../domain/indicator/figure";
import { wordClause } from "../../domain/indicator/wording";
import type { DemoSection } from "./outline";

/** The print says 增长-4.03% where the rule says 下降4.03%: kept as it was printed, and found as a wording. */
const PRINTED_OTHERWISE = new Map([
  [
    "外贸进出口预计完成59.1亿元，完成年度计划的47.29%，下降4.03%",
    "外贸进出口预计完成59.1亿元，完成年度计划的47.29%，增长-4.03%",
  ],
]);
const PRINTED_REASON = "按原件所印的文字保留。";

/**
 * The same outline with the table's figures in it: the bullets of the indicators written by it, and in what was achieved
 * (parts 一 and 二) every number that says what the table says. Throws when a bullet is of no indicator.
 */
export function bindFigures(outline: readonly DemoSection[], rows: readonly IndicatorRow[]): DemoSection[] {
  return outline.map((node) => {
    if (!node.content || !/^[12]\./.test(node.key)) return node;
    const content = node.content.content.map((block) => {
      if (block.type === "table") return block;
      return node.kind === "bullets" ? bindBullet(block, rows) : bindNumbers(block, rows, node.key);
    });
    return { ...node, content: { ...node.content, content } };
  });
}

/** As a writer who accepts every proposal: typed digits that match become figures, and so do the counts of indicators. */
function bindNumbers<T extends TextBlock>(block: T, rows: readonly IndicatorRow[], key: string): T {
  const found = looseMentions(block, (text) => mentions(text, rows, { year: 2024, half: 1 }));
  const agreeing = found.filter((mention) => mention.agrees);
  const content = piecesOf(block, agreeing).flatMap((piece, index): ContentInline[] => {
    const marks = piece.lead ? { marks: [{ type: "lead" as const }] } : {};
    const id = `f-${key.replaceAll(".", "-")}-${String(index).padStart(2, "0")}`;
    if (!piece.mention) return withCounts(piece.text, id).map((node) => ({ ...node, ...marks }));
    const { indicator, field, form } = piece.mention;
    return [{ type: "figure", attrs: { id, indicator, field, form, text: piece.text, wording: null }, ...marks }];
  });
  return { ...block, content };
}

/** 13项主要经济指标中，10项顺利完成年度计划，3项基本完成年度计划 */
function withCounts(text: string, id: string): ContentInline[] {
  const counted =
    /(?<all>\d+)(?=项主要经济指标)|(?<ahead>\d+)(?=项顺利完成年度计划)|(?<behind>\d+)(?=项基本完成年度计划)/g;
  const nodes: ContentInline[] = [];
  let at = 0;
  for (const match of text.matchAll(counted)) {
    const form = COUNTS.find((one) => match.groups?.[one] !== undefined);
    if (!form) continue;
    if (match.index > at) nodes.push({ type: "text", text: text.slice(at, match.index) });
    nodes.push({ type: "count", attrs: { id: `${id}-${form}`, form, text: match[0], wording: null } });
    at = match.index + match[0].length;
  }
  return at < text.length ? [...nodes, { type: "text", text: text.slice(at) }] : nodes;
}

function bindBullet<T extends TextBlock>(block: T, rows: readonly IndicatorRow[]): T {
  const printed = (block.content ?? []).map((node) => (node.type === "text" ? node.text : node.attrs.text)).join("");
  for (const row of rows) {
    for (const form of ["bullet", "bullet-done"] as const satisfies readonly ClauseForm[]) {
      const derived = wordClause(row, form) ?? "";
      const words = PRINTED_OTHERWISE.get(derived) ?? derived;
      if (words === "" || printed.slice(0, -1) !== words) continue;
      const clause: ContentInline = {
        type: "clause",
        attrs: {
          id: `c-${row.code}`.padEnd(6, "-"),
          indicator: row.code,
          form,
          text: words,
          wording: words === derived ? null : { text: words, reason: PRINTED_REASON },
        },
      };
      return { ...block, content: [clause, { type: "text", text: printed.slice(-1) }] };
    }
  }
  throw new Error(`No indicator says: ${printed}`);
}
