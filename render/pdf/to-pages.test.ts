import { describe, expect, it } from "vitest";
import type { EditionMark } from "../edition-mark";
import type { ReportDocument } from "../report-document";
import { aSmallReport, aSpan } from "../small-report";
import { readPdf } from "./read-pdf.testing";
import { toPages } from "./to-pages";
import { toPdf } from "./to-pdf";

const MARK: EditionMark = {
  kind: "送审稿",
  underTitle: true,
  number: 1,
  code: "7K2QM-9XD4A",
  url: "https://huibao.example.gov.cn/verify/7K2QM-9XD4A",
  date: "2024年8月1日",
  sha256: "00",
  correction: null,
};

describe("the report as pictures of its pages", () => {
  it("has the pages of the PDF, upright and lying", async () => {
    const long = { kind: "paragraph" as const, id: "b-long", spans: [aSpan("完成481.35亿元，增长9.1%。".repeat(60))] };
    const report = aSmallReport({ blocks: [...aSmallReport().blocks, long] });
    const [pages, printed] = [await toPages(report), await readPdf(await toPdf(report))];
    expect(pages).toHaveLength(3);
    expect(pages.map((page) => /viewBox="0 0 (\S+) (\S+)"/.exec(page)?.slice(1))).toEqual(
      printed.map(({ width, height }) => (width < height ? ["595.28", "841.89"] : ["841.89", "595.28"])),
    );
    // As many letters as the PDF has, spaces aside.
    for (const [index, page] of pages.entries()) {
      const letters = printed[index]?.runs.map((run) => run.text.replace(/\s/g, "")).join("") ?? "";
      expect(page.match(/<use /g)).toHaveLength([...letters].length);
    }
  });

  it("stands alone: nothing outside it, no script, and ids that no other page has", async () => {
    const pages = await toPages(aSmallReport(), { mark: MARK, draft: true });
    const ids = pages.flatMap((page) => [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const page of pages) {
      expect(page).not.toMatch(/<script|<style|<foreignObject|url\(|@import|\son\w+=/);
      const own = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => `#${id}`));
      for (const [, link = ""] of page.matchAll(/href="([^"]*)"/g))
        expect(own.has(link) || link.startsWith("data:image/svg+xml;base64,"), link.slice(0, 40)).toBe(true);
      const opened = page.match(/<(?:g|svg|defs)[ >]/g)?.length;
      expect(page.match(/<\/(?:g|svg|defs)>/g)).toHaveLength(opened ?? 0);
    }
    expect(pages.at(-1)).toContain("data:image/svg+xml");
  });

  it("is the same for the same text, and changes only where an edit reaches", async () => {
    const [, , ...blocks] = Array.from({ length: 60 }, (_, index): ReportDocument["blocks"][number] => ({
      kind: "paragraph",
      id: `b-${index}`,
      spans: [aSpan(`${index}，${"总体平稳。".repeat(12)}`)],
    }));
    const before = await toPages(aSmallReport({ blocks }));
    expect(await toPages(aSmallReport({ blocks }))).toEqual(before);
    const edited = blocks.with(30, { kind: "paragraph", id: "b-32", spans: [aSpan(`改，${"总体平稳。".repeat(12)}`)] });
    const after = await toPages(aSmallReport({ blocks: edited }));
    expect(before.map((page, index) => page === after[index]).filter((same) => !same)).toHaveLength(1);
  });

  it("is drawn with whole, small numbers", async () => {
    const [page = ""] = await toPages(
      aSmallReport({ blocks: [{ kind: "salutation", id: "b", spans: [aSpan("国")] }] }),
    );
    const [, outline = ""] = / d="([^"]+)"/.exec(page) ?? [];
    expect(outline).toMatch(/^m[-\d ]+[a-z]/);
    expect(outline).not.toContain(".");
  });
});
