import { PLAIN_LOOK, type ImportedBlock, type ImportedDocument, type Run } from "../imported-document";
import { refuseTooLong } from "../too-long";
import { trimmedRuns } from "./trimmed-runs";

/**
 * Markdown or plain text. Lines without a blank one between them are one paragraph with line breaks: whether these are
 * breaks of the text is for the reader of the outline to say. Only #, **, bullets, tables and pictures are marks. Throws
 * ImportRefused "too-long".
 */
export function readPlain(text: string): ImportedDocument {
  const document: ImportedDocument = { blocks: [], leftOver: [] };
  for (const lines of paragraphsIn(text)) {
    if (lines.every((line) => TABLE_ROW.test(line))) document.blocks.push(tableOf(lines));
    else for (const group of groupsIn(lines)) addParagraph(document, group);
    refuseTooLong(document.blocks.length, 0);
  }
  return document;
}

const INDENT = /^(?:\u3000|\t| {4})/;
const TABLE_ROW = /^\|.*\|$/;
const TABLE_RULE = /^[\s|:-]+$/;
const RULE = /^(?:[-*_=]\s*){3,}$/;
const HEADING = /^(#{1,6})\s+(.{1,300}?)(?:\s{1,9}#{1,9})?$/;
const BULLET = /^[-*+]\s+/;
const IMAGE = /!\[([^[\]]{0,200})\]\([^()]{0,2000}\)/g;
const LINK = /\[([^[\]]{1,200})\]\((?:https?:|mailto:)[^()]{0,2000}\)/g;

function paragraphsIn(text: string): string[][] {
  const paragraphs: string[][] = [[]];
  for (const line of text.split(/\r\n|[\n\r\u2028\u2029\f]/)) {
    const words = line.trim();
    const open = paragraphs.at(-1);
    const isRow = TABLE_ROW.test(words);
    const goesOn = !INDENT.test(line) && (open?.length ? isRow === TABLE_ROW.test(open[0] ?? "") : true);
    if (words === "" || RULE.test(words)) paragraphs.push([]);
    else if (goesOn) open?.push(words);
    else paragraphs.push([words]);
  }
  return paragraphs.filter((lines) => lines.length > 0);
}

/** A heading and a bullet are paragraphs of their own, wherever they stand. */
function groupsIn(lines: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    const isAlone = HEADING.test(line) || BULLET.test(line) || HEADING.test(last?.[0] ?? "");
    if (last && !isAlone) last.push(line);
    else groups.push([line]);
  }
  return groups;
}

function addParagraph(document: ImportedDocument, lines: readonly string[]): void {
  const [first = ""] = lines;
  const heading = HEADING.exec(first);
  const bullet = heading ? null : BULLET.exec(first);
  const words = [heading?.[2] ?? first.slice(bullet?.[0].length ?? 0), ...lines.slice(1)].join("\n");
  const text = words
    .replace(IMAGE, (_, name: string) => {
      document.leftOver.push({ reason: "image", block: document.blocks.length, text: name });
      return "";
    })
    .replace(LINK, "$1");
  const runs = trimmedRuns(runsIn(text));
  if (runs.length === 0) return;
  document.blocks.push({
    kind: "paragraph",
    label: bullet ? bullet[0].trim() : "",
    runs,
    look: heading ? { ...PLAIN_LOOK, level: heading[1]?.length ?? 1 } : PLAIN_LOOK,
  });
}

function runsIn(text: string): Run[] {
  return text
    .split(/\*\*([^*]+)\*\*/)
    .map((words, index) => ({ text: withoutEscapes(words).toWellFormed(), bold: index % 2 === 1 }));
}

const withoutEscapes = (text: string): string => text.replace(/\\([\\`*_{}[\]()#+\-.!|~>])/g, "$1");

function tableOf(lines: readonly string[]): ImportedBlock {
  const rows = lines
    .filter((line) => !TABLE_RULE.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => ({ text: withoutEscapes(cell.trim()).replaceAll("**", ""), colspan: 1, rowspan: 1 })),
    );
  return { kind: "table", rows };
}
