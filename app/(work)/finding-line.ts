import type { Finding, Place, Severity } from "../../domain/check/finding";
import type { Mention } from "../../domain/check/mentions";
import { blockText, type Content } from "../../domain/section/content";
import type { Messages } from "../../messages/load";

/** A finding in the reader's language, ready for a page. */
export type FindingLine = {
  key: string;
  rule: string;
  severity: Severity;
  message: string;
  stated: string;
  where: Place;
  /** Its words among their neighbours, where it stands in the text. */
  quote: { before: string; stated: string; after: string } | null;
  waivedBy: string | null;
};

/** The sentence is that of messages/<locale>/check.json; `text` is the block's that it names. */
export function findingLine(finding: Finding, words: Messages["check"], text = ""): FindingLine {
  const { key, rule, severity, says, stated, expected, where, waivedBy, params } = finding;
  const sentence: unknown = Object.entries(words).find(([name]) => name === says)?.[1];
  const values: Record<string, string | number> = { stated, expected, ...params };
  const message = typeof sentence === "string" ? filled(sentence, values) : says;
  const quote = where.in === "text" && text !== "" ? quoteOf(text, where.from, where.to) : null;
  return { key, rule, severity, message, stated, where, quote, waivedBy };
}

/** Of the text in which they were found. */
export function findingLines(findings: readonly Finding[], content: Content, words: Messages["check"]): FindingLine[] {
  const texts = new Map(content.content.map((block) => [block.attrs.id, blockText(block)]));
  return findings.map((finding) =>
    findingLine(finding, words, finding.where.in === "text" ? texts.get(finding.where.block) : ""),
  );
}

/** A number with a few words before and after it. */
export function quoteOf(text: string, from: number, to: number): { before: string; stated: string; after: string } {
  return {
    before: text.slice(Math.max(0, from - CONTEXT), from),
    stated: text.slice(from, to),
    after: text.slice(to, to + CONTEXT),
  };
}

const CONTEXT = 14;

/** What R6 found of a number that contradicts the table: both say the same and are shown once. */
export function findingOf(
  findings: readonly FindingLine[],
  { block, mention }: { block: string; mention: Mention },
): FindingLine | undefined {
  return findings.find(
    ({ rule, where, stated }) =>
      rule === "R6" && where.in === "text" && where.block === block && mention.stated.includes(stated),
  );
}

/** Somebody must correct it or say why it stands. */
export const isWaiting = ({ waivedBy, severity }: FindingLine): boolean => waivedBy === null && severity !== "info";

const filled = (sentence: string, values: Record<string, string | number>): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
