import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../../render/compile";
import { Content } from "../section/content-schema";
import { contentFits } from "../section/content-fits";
import { printedText, type ImportedBlock, type ImportedDocument } from "./imported-document";
import { readDocument } from "./read-document";
import { recogniseOutline, type ImportedOutline } from "./recognise-outline";
import { LIBREOFFICE_DOCX, REAL_TEXT } from "./report-docx.testing";

const real = await readDocument(Buffer.from(REAL_TEXT));
const withTable = await readDocument(LIBREOFFICE_DOCX);

/** Ways in which another county's file differs from the real one, each applied to a paragraph or to all. */
const CHANGES: Record<string, (text: string) => string> = {
  "no numbers": (text) => text.replace(/^(?:[一二三]、|（[一二三四五六七八九]）|\d+\. )/, ""),
  "half-width numbers": (text) => text.replace(/^（([一二三四五六七八九])）/, "($1)").replace(/^(\d+)\. /, "$1、"),
  "full-width digits": (text) =>
    text.replace(/^(\d+)\. /, (_, digits: string) => `${String.fromCodePoint(digits.charCodeAt(0) + 0xfee0)}．`),
  divisions: (text) => text.replace(/^([一二三])、/, "第$1部分 ").replace(/^（([一二三四五六七八九])）/, "$1、"),
  "bracketed digits": (text) => text.replace(/^(\d+)\. /, "（$1）"),
  circles: (text) => text.replace(/^(\d+)\. /, (_, digits: string) => String.fromCodePoint(0x245f + Number(digits))),
  "other bullets": (text) => text.replace(/^——(?!\d)/, "● "),
  "run-in headings": (text) => (/^(?:[一二三]、|（)/.test(text) ? `${text}。今年以来，各项工作扎实推进。` : text),
  "broken lines": (text) => text.replace(/。/g, "。\n"),
  "broken anywhere": (text) => text.replace(/(.{23})/gu, "$1\n"),
  "no stops": (text) => text.replaceAll("。", ""),
  "leading blanks": (text) => `\u3000\u3000${text}`,
};

const changed = (block: ImportedBlock, change: (text: string) => string): ImportedBlock => {
  if (block.kind === "table") return block;
  const [first, ...rest] = block.runs;
  // What is done to a number is done where it stands: at the beginning of the first run.
  return first ? { ...block, runs: [{ ...first, text: change(block.label + first.text) }, ...rest], label: "" } : block;
};

const PLACES = 70;
const edit = fc.oneof(
  fc.record({ all: fc.constantFrom(...Object.keys(CHANGES)) }),
  fc.record({ one: fc.constantFrom(...Object.keys(CHANGES)), at: fc.nat(PLACES) }),
  fc.record({ remove: fc.nat(PLACES), count: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ move: fc.nat(PLACES), to: fc.nat(PLACES) }),
  fc.record({
    insert: fc.constantFrom(
      "附件",
      "附件1：项目表",
      "2025年8月1日",
      "某县人民政府",
      "注：快报数",
      "目录",
      "二、",
      "主任：",
      "1.5",
      "——",
    ),
    at: fc.nat(PLACES),
  }),
  fc.record({
    style: fc.record({ level: fc.option(fc.integer({ min: 1, max: 4 })), isTitle: fc.boolean() }),
    at: fc.nat(PLACES),
  }),
  fc.record({ bold: fc.boolean(), at: fc.nat(PLACES) }),
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function edited(document: ImportedDocument, edits: readonly Edit[]): ImportedDocument {
  let { blocks } = document;
  for (const each of edits) {
    const same = (change: (block: ImportedBlock) => ImportedBlock) => (block: ImportedBlock, index: number) =>
      "at" in each && each.at === index ? change(block) : block;
    if ("all" in each) blocks = blocks.map((block) => changed(block, CHANGES[each.all] ?? String));
    else if ("one" in each) blocks = blocks.map(same((block) => changed(block, CHANGES[each.one] ?? String)));
    else if ("remove" in each) blocks = blocks.toSpliced(each.remove, each.count);
    else if ("move" in each) {
      const [moved] = blocks.slice(each.move, each.move + 1);
      if (moved) blocks = blocks.toSpliced(each.move, 1).toSpliced(each.to, 0, moved);
    } else if ("insert" in each) {
      const look = { level: null, isTitle: false, isCentred: false, font: null };
      const own = { kind: "paragraph" as const, label: "", runs: [{ text: each.insert, bold: false }], look };
      blocks = blocks.toSpliced(each.at, 0, own);
    } else if ("style" in each) {
      blocks = blocks.map(
        same((block) => (block.kind === "table" ? block : { ...block, look: { ...block.look, ...each.style } })),
      );
    } else {
      const runs = (block: ImportedBlock) =>
        block.kind === "table" ? block : { ...block, runs: block.runs.map((run) => ({ ...run, bold: each.bold })) };
      blocks = blocks.map(same(runs));
    }
  }
  return { ...document, blocks };
}

const FILES = { text: real, "LibreOffice's": withTable } as const;
const anyFile = fc.constantFrom(...(Object.keys(FILES) as (keyof typeof FILES)[]));
const anyEdits = fc.array(edit, { maxLength: 8 });
const outlineOf = (file: keyof typeof FILES, edits: readonly Edit[]) => {
  const document = edited(FILES[file], edits);
  return { document, outline: recogniseOutline(document) };
};

const bare = (text: string): string => text.replace(/\s/gu, "");

/** Of each paragraph, what nodes and the list of what is left over have of it, taken-off numbers and bullets included. */
function accountOf(outline: ImportedOutline): Map<number, string> {
  const words = new Map<number, string>();
  const add = (block: number, text: string): void => void words.set(block, (words.get(block) ?? "") + bare(text));
  for (const { source } of outline.nodes) for (const { block, taken, kept } of source) add(block, taken + kept);
  for (const { block, text } of outline.leftOver) add(block, text);
  return words;
}

const sorted = (text: string): string => [...text].sort().join("");

describe("every word of a file", () => {
  it("is in a node or is listed, once, whatever was done to the report", () => {
    fc.assert(
      fc.property(anyFile, anyEdits, (file, edits) => {
        const { document, outline } = outlineOf(file, edits);
        const account = accountOf(outline);
        // Lines of one paragraph may be listed and placed apart, so their order is not compared.
        const printed = document.blocks.map((block) =>
          block.kind === "table" ? null : sorted(bare(printedText(block))),
        );
        const found = printed.map((words, index) => (words === null ? null : sorted(account.get(index) ?? "")));
        expect(found).toEqual(printed);
      }),
      { numRuns: 150 },
    );
  });

  it("of a node is in its text or its title", () => {
    fc.assert(
      fc.property(anyFile, anyEdits, (file, edits) => {
        for (const { kind, content, title, source } of outlineOf(file, edits).outline.nodes) {
          const kept = source.map((each) => each.kept).join("");
          if (kind === "indicators" || kind === "annex") continue;
          if (content === null) expect(bare(title)).toBe(bare(kept));
          else expect(bare(wordsIn(content))).toBe(bare(kept));
        }
      }),
      { numRuns: 150 },
    );
  });

  it("stands in an outline that can be kept and printed", () => {
    fc.assert(
      fc.property(anyFile, anyEdits, (file, edits) => {
        const { nodes } = outlineOf(file, edits).outline;
        for (const { kind, content, title } of nodes) {
          expect(title.trim()).not.toBe("");
          if (content === null) continue;
          expect(Content.safeParse(content).error).toBeUndefined();
          expect(contentFits(kind, content)).toBe(true);
        }
        const rows = nodes.map(({ key, parent, content, ...node }) => ({
          ...node,
          id: key,
          parentId: parent,
          department: "发改局",
          revision: content && content.content.length > 0 ? { id: key, number: 1, content } : null,
        }));
        const report = { slug: "h1", name: "报告", jurisdiction: "某县", year: 2024, half: 1 } as const;
        expect(compile(report, rows).document.blocks.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });
});

const wordsIn = (content: Content): string =>
  content.content
    .flatMap((block) => (block.type === "table" ? [] : (block.content ?? [])))
    .map((run) => (run.type === "text" ? run.text : ""))
    .join("");
