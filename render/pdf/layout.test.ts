import { beforeAll, describe, expect, it } from "vitest";
import { REAL_MARKDOWN, realDocument } from "../../domain/report/real-document.testing";
import type { EditionMark } from "../edition-mark";
import { markWords } from "../mark-words";
import type { Block, ReportDocument } from "../report-document";
import { aSmallReport, aSpan } from "../small-report";
import { linesOf, type PrintedLine, type PrintedPage, readBookmarks, readPdf } from "./read-pdf.testing";
import { textWidth } from "./text-width";
import { toPdf } from "./to-pdf";

/** GB/T 9704-2012 in millimetres: the sheet, the text area on it, 22 lines of 28 characters, and 四号 for page numbers. */
const LEFT = 28;
const RIGHT = 28 + 156;
const TOP = 37;
const BOTTOM = 37 + 225;
const PITCH = 225 / 22;
const EM = (16 / 72) * 25.4;
const NUMBER_EM = (14 / 72) * 25.4;
/** How far the dash of Fandol Song stands above its baseline at 14 pt, measured on the print. */
const DASH = 1.55;

const CLOSING = /^[、，。；：！？）〕》”’」】…·%％]/u;

const real = realDocument();
let pages: PrintedPage[];
let bookmarks: { title: string; depth: number }[];
beforeAll(async () => {
  const bytes = await toPdf(real);
  pages = await readPdf(bytes);
  bookmarks = await readBookmarks(bytes);
});

describe("the real report on paper", () => {
  it("is A4 upright, with the annex lying", () => {
    expect(body().length).toBeGreaterThan(15);
    expect(annex().length).toBeGreaterThanOrEqual(1);
    for (const page of body()) expect([Math.round(page.width), Math.round(page.height)]).toEqual([210, 297]);
    for (const page of annex()) expect([Math.round(page.width), Math.round(page.height)]).toEqual([297, 210]);
    expect(pages).toEqual([...body(), ...annex()]);
  });

  it("keeps to the text area of 156 × 225 mm", () => {
    const runs = body().flatMap((page) => textOf(page));
    expect(Math.min(...runs.filter((run) => !/^[（〔《“]/u.test(run.text)).map((run) => run.x))).toBeCloseTo(LEFT, 1);
    // So is an opening one: at the beginning of a line it is set half a character out.
    for (const run of runs) expect(run.x).toBeGreaterThan(LEFT - EM / 2 - 0.1);
    for (const line of body().flatMap((page) => linesOf(textOf(page)))) {
      // A closing mark is half blank: at the end of a line only its ink has to be inside.
      const blank = /[、，。；：！？）〕》”]$/u.test(line.text.trim()) ? EM / 2 : 0;
      expect(line.end, line.text).toBeLessThan(RIGHT + blank + 0.2);
    }
    const full = body()
      .flatMap((page) => linesOf(textOf(page)))
      .filter((line) => line.end > RIGHT - 0.3);
    expect(full.length).toBeGreaterThan(300);
    expect(Math.min(...runs.map((run) => run.y - 0.88 * sizeOf(run.size)))).toBeCloseTo(TOP, 0);
    for (const run of runs) expect(run.y + 0.12 * sizeOf(run.size)).toBeLessThan(BOTTOM);
  });

  it("sets 22 lines on a page, 225 mm in all", () => {
    const texts = body()
      .slice(1)
      .map((page) => linesOf(textOf(page)));
    for (const [index, lines] of texts.entries()) {
      for (const [above, line] of pairs(lines)) {
        const step = Math.round((line.y - above.y) / PITCH);
        expect(line.y - above.y).toBeCloseTo(step * PITCH, 1);
      }
      expect(lines[0]?.y).toBeCloseTo(TOP + 0.88 * EM, 1);
      // Only the last page, and one whose next begins with a heading, has fewer.
      const next = texts[index + 1]?.[0];
      if (next && !isHeading(next)) expect(lines, `page ${index + 2}`).toHaveLength(22);
      else expect(lines.length).toBeLessThanOrEqual(22);
    }
  });

  it("sets 28 characters on a line", () => {
    const inner = body()
      .flatMap((page) => linesOf(textOf(page)))
      .filter(({ x, end }) => x < LEFT + 0.1 && end > RIGHT - 0.3);
    // Without figures, and without marks at its ends or beside each other, nothing is squeezed.
    const plain = inner.filter(
      ({ text }) =>
        /^[\p{Script=Han}，。；、：]+$/u.test(text) && !/^\P{Script=Han}|\P{Script=Han}{2}|\P{Script=Han}$/u.test(text),
    );
    const full = plain.filter(({ text }) => text.length === 28);
    expect(full.length).toBeGreaterThan(80);
    // One fewer where a figure or a mark had to go to the next line.
    expect(full.length / plain.length).toBeGreaterThan(0.7);
    expect(Math.max(...plain.map(({ text }) => text.length))).toBe(28);
    // Marks that meet are set closer, so that a line may hold one or two more.
    for (const line of inner) expect(textWidth(line.text.replace(/ /g, "")), line.text).toBeLessThanOrEqual(30);
  });

  it("sets each level in its face and size", () => {
    const faces = (text: string) => facesOf(body(), text);
    const part = real.blocks.find((block) => block.kind === "heading" && block.level === 1);
    const chapter = real.blocks.find((block) => block.kind === "heading" && block.level === 2);
    expect(faces(wordsOf("title"))).toEqual(["FandolSong-Bold 22"]);
    expect(faces(wordsOf("delivery"))).toEqual(["FandolKai-Regular 16"]);
    expect(faces(wordsOf("speaker"))).toEqual(["FandolKai-Regular 16"]);
    expect(faces(wordsOf("salutation"))).toEqual(["FandolFang-Regular 16"]);
    expect(faces(headingText(part))).toEqual(["FandolHei-Regular 16"]);
    expect(faces(headingText(chapter))).toEqual(["FandolKai-Regular 16"]);
    expect(faces("半年来的工作呈现出以下九个特点：")).toEqual(["FandolFang-Regular 16"]);
    expect(faces("增长9.1%，增速位居全市第二").sort()).toEqual(["FandolFang-Regular 16", "FandolSong-Regular 16"]);
  });

  it("sets the run-in leads bold, and nothing else in the paragraphs", () => {
    const headings = new Set(real.blocks.map(headingText));
    const leads = real.blocks.flatMap((block) => ("spans" in block ? block.spans.filter((span) => span.lead) : []));
    const bold = body()
      .flatMap((page) => linesOf(textOf(page)))
      .filter((line) => !headings.has(line.text))
      .flatMap((line) => line.runs.filter((run) => run.font === "FandolHei-Regular").map((run) => run.text));
    expect(leads.length).toBeGreaterThan(20);
    expect(bare(bold.join(""))).toBe(bare(leads.map((span) => span.text).join("")));
  });

  it("numbers odd pages right and even pages left, 四号 Song, one character in, 7 mm below the text", () => {
    for (const [index, page] of body().entries()) {
      const [number, ...others] = linesOf(page.runs.filter((run) => run.y > BOTTOM));
      expect(others).toEqual([]);
      expect(number?.text).toBe(`— ${index + 1} —`);
      expect(number?.runs.map((run) => [run.font, run.size])).toEqual([["FandolSong-Regular", 14]]);
      if (index % 2 === 0) expect(number?.end).toBeCloseTo(RIGHT - NUMBER_EM, 1);
      else expect(number?.x).toBeCloseTo(LEFT + NUMBER_EM, 1);
      expect(number?.y).toBeCloseTo(BOTTOM + 7 + DASH, 1);
    }
  });

  it("numbers the lying sheets where the upright ones are numbered when they are bound", () => {
    for (const [index, page] of annex().entries()) {
      const [number, ...others] = page.runs.filter((run) => !run.isUpright);
      expect(others).toEqual([]);
      const at = body().length + index + 1;
      expect(number?.text).toBe(`— ${at} —`);
      // The foot of the upright sheet is the left edge of the lying one.
      expect(number?.x).toBeCloseTo(35 - 7 - DASH, 1);
      if (at % 2 === 1) expect((number?.y ?? 0) + (number?.width ?? 0)).toBeCloseTo(210 - 26 - NUMBER_EM, 1);
      else expect(number?.y).toBeCloseTo(28 + NUMBER_EM, 1);
    }
  });

  it("names the annex after a blank line, indented, and begins it on a sheet of its own", () => {
    const lines = linesOf(textOf(body().at(-1)));
    const [above, name] = lines.slice(-2);
    expect(name?.text).toBe("附件：芗城区2024年上半年主要经济指标完成情况表");
    expect(name?.x).toBeCloseTo(LEFT + 2 * 15.79 * (25.4 / 72), 1);
    expect((name?.y ?? 0) - (above?.y ?? 0)).toBeCloseTo(2 * PITCH, 1);
    const [label, title] = linesOf(annex()[0]?.runs.filter((run) => run.isUpright && run.size > 11) ?? []);
    expect(label).toMatchObject({ text: "附件", runs: [{ font: "FandolHei-Regular", size: 16 }] });
    expect(label?.x).toBeCloseTo(35, 1);
    expect(label?.y).toBeCloseTo(28 + 0.88 * EM, 1);
    expect(title).toMatchObject({
      text: "芗城区2024年上半年主要经济指标完成情况表",
      runs: [{ font: "FandolSong-Bold", size: 22 }],
    });
    expect(((title?.x ?? 0) + (title?.end ?? 0)) / 2).toBeCloseTo(35 + 225 / 2, 0);
    // The third line, as far as larger type can stand on it.
    expect((title?.y ?? 0) - (label?.y ?? 0)).toBeCloseTo(2 * PITCH, -1);
  });

  it("prints every cell of the annex, its header again on each sheet, inside the text area", () => {
    const [table] = real.annexes;
    const header = bare(table?.header.join("") ?? "");
    const cells: string[] = [];
    for (const page of annex()) {
      const runs = page.runs.filter((run) => run.isUpright && run.size < 11);
      const head = runs.filter((run) => run.font === "FandolHei-Regular");
      expect(sorted(head.map((run) => run.text).join(""))).toBe(sorted(header));
      cells.push(...runs.filter((run) => run.font !== "FandolHei-Regular").map((run) => run.text));
      for (const run of runs) {
        expect(run.x).toBeGreaterThan(35);
        expect(run.x + run.width).toBeLessThan(35 + 225 + run.size / 4);
        expect(run.y).toBeLessThan(210 - 26);
      }
    }
    expect(sorted(bare(cells.join("")))).toBe(sorted(bare(table?.rows.flat().join("") ?? "")));
  });

  it("begins no line with a closing mark and ends none with an opening one", () => {
    for (const line of body().flatMap((page) => linesOf(textOf(page)))) {
      expect(line.text.trim()).not.toMatch(CLOSING);
      expect(line.text.trim()).not.toMatch(/[（〔《“‘「【]$/u);
    }
  });

  it("leaves no heading at the foot of a page", () => {
    for (const page of body()) {
      const last = linesOf(textOf(page)).at(-1);
      expect(last && isHeading(last), last?.text).toBe(false);
    }
  });

  it("splits no figure from its unit, and no figure", () => {
    const lines = body().flatMap((page) => linesOf(textOf(page)));
    for (const [above, line] of pairs(lines)) {
      const foot = bare(above.text);
      const head = bare(line.text);
      if (!/\d$/.test(foot) && !/\d[余多万亿千百]*[万亿]$/.test(foot)) continue;
      // A paragraph may end in a figure's line; the next begins indented.
      if (line.x > LEFT + 1) continue;
      expect(head, `${foot} | ${head}`).not.toMatch(/^[\d.%元亿万吨亩人户家个项件公平立千百年月日名次所处座条辆台套]/u);
    }
  });

  it("says what the Markdown says, character for character", () => {
    const printed = body()
      .flatMap((page) => linesOf(textOf(page)).map((line) => line.text))
      .join("");
    expect(bare(printed)).toBe(bare(REAL_MARKDOWN.replace(/^#+ /gm, "").replaceAll("**", "")));
  });

  it("has its headings as bookmarks, the annex among them", () => {
    const headings = real.blocks.flatMap((block) =>
      block.kind === "heading" ? [{ title: block.number + block.text, depth: block.level - 1 }] : [],
    );
    expect(bookmarks).toEqual([...headings, { title: real.annexes[0]?.title, depth: 0 }]);
  });

  it("is tagged: paragraphs, headings of two levels, a table with header cells, and no page number", () => {
    const tags = pages.flatMap((page) => page.tags);
    expect(tags.filter((tag) => tag === "H1")).toHaveLength(4);
    expect(tags.filter((tag) => tag === "H2")).toHaveLength(9);
    expect(tags.filter((tag) => tag === "TH")).toHaveLength(12);
    expect(annex()[1]?.tags.slice(0, 4)).toEqual(["Root", "Document", "Table", "TBody"]);
  });
});

describe("what an edition says of itself", () => {
  const mark: EditionMark = {
    kind: "征求意见稿",
    underTitle: true,
    number: 2,
    code: "7K2QM-9XD4A",
    url: "https://huibao.example.gov.cn/verify/7K2QM-9XD4A",
    date: "2024年8月1日",
    sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    correction: { of: 1, date: "2024年8月1日", text: "投资额更正为160.09亿元。" },
  };
  const words = markWords(mark);
  const all = bare(
    [words.head, ...words.lines.map(({ label, value }) => `${label}：${value}`), words.correction].join(""),
  );

  it("stands at the foot of the last sheet, with the code's picture in words, and under the title", async () => {
    const printed = await readPdf(await toPdf(real, { mark }));
    const last = printed.at(-1);
    const foot = linesOf(last?.runs.filter((run) => run.isUpright && run.y > 150) ?? []).filter((line) => line.x > 50);
    expect(bare(foot.map((line) => line.text).join("")).endsWith(all)).toBe(true);
    expect(foot.at(-1)?.y).toBeLessThan(210 - 26);
    expect(foot.at(-1)?.y).toBeGreaterThan(210 - 26 - 10);
    expect(last?.tags).toContain(`Figure: 二维码：${mark.url}`);
    const [, , under] = linesOf(printed[0]?.runs ?? []);
    expect(under).toMatchObject({ text: "（征求意见稿）", runs: [{ font: "FandolKai-Regular", size: 16 }] });
    expect(((under?.x ?? 0) + (under?.end ?? 0)) / 2).toBeCloseTo((LEFT + RIGHT) / 2, 0);
    // Beside that not a character differs.
    const others = printed
      .slice(0, -1)
      .flatMap((page) => linesOf(textOf(page)).map((line) => line.text))
      .join("");
    const unmarked = pages
      .slice(0, -1)
      .flatMap((page) => linesOf(textOf(page)).map((line) => line.text))
      .join("");
    expect(bare(others).replace("（征求意见稿）", "")).toBe(bare(unmarked));
  });

  it("goes on a page of its own only when the last is full, and is said of a text without annex too", async () => {
    const body = (lines: number): ReportDocument =>
      aSmallReport({ annexes: [], blocks: [{ kind: "salutation", id: "b", spans: [aSpan("字".repeat(28 * lines))] }] });
    const [short, ...none] = await readPdf(await toPdf(body(10), { mark: { ...mark, url: null } }));
    expect(none).toEqual([]);
    expect(short?.tags).toContain("Figure: 二维码：验证码 7K2QM-9XD4A");
    const [full, extra] = await readPdf(await toPdf(body(22), { mark: { ...mark, correction: null } }));
    expect(full?.runs.map((run) => run.text).join("")).not.toContain(mark.code);
    expect(linesOf(textOf(extra)).at(-1)?.y).toBeGreaterThan(BOTTOM - 10);
  });

  it("lets a long notice of correction flow over pages before it", async () => {
    const text = "更正的原因和内容如下。".repeat(400);
    const long = await readPdf(
      await toPdf(aSmallReport({ annexes: [] }), { mark: { ...mark, correction: { of: 1, date: mark.date, text } } }),
    );
    expect(long.length).toBeGreaterThan(1);
    expect(bare(long.flatMap((page) => linesOf(textOf(page)).map((line) => line.text)).join(""))).toContain(text);
    expect(
      long
        .at(-1)
        ?.runs.map((run) => run.text)
        .join(""),
    ).toContain(mark.code);
  });

  it("is, of a draft, a word at the head of every sheet", async () => {
    for (const page of await readPdf(await toPdf(aSmallReport(), { draft: true }))) {
      const [head] = linesOf(page.runs.filter((run) => run.isUpright));
      expect(head).toMatchObject({ text: "未封存的稿件", runs: [{ size: 10.5 }] });
      expect(head?.y).toBeLessThan(28);
    }
  });
});

const body = (): PrintedPage[] => pages.filter((page) => page.width < page.height);
const annex = (): PrintedPage[] => pages.filter((page) => page.width > page.height);

/** A page's runs without its number. */
const textOf = (page: PrintedPage | undefined) => page?.runs.filter((run) => run.isUpright && run.y < BOTTOM) ?? [];

const sizeOf = (points: number): number => (points / 72) * 25.4;
const bare = (text: string): string => text.replace(/\s/gu, "");
const sorted = (text: string): string => [...bare(text)].sort().join("");
const pairs = (lines: readonly PrintedLine[]): [PrintedLine, PrintedLine][] =>
  lines.slice(1).map((line, index) => [lines[index] ?? line, line]);

const isHeading = (line: PrintedLine): boolean =>
  line.x > LEFT + 5 &&
  /^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)/u.test(line.text) &&
  line.runs.every((run) => run.font === "FandolHei-Regular" || run.font === "FandolKai-Regular");

const headingText = (block: Block | undefined): string => (block?.kind === "heading" ? block.number + block.text : "");

function wordsOf(kind: Block["kind"]): string {
  const block = real.blocks.find((each) => each.kind === kind);
  return block && "spans" in block ? block.spans.map((span) => span.text).join("") : "";
}

/** Which faces and sizes the lines that make up a text are set in. */
function facesOf(from: readonly PrintedPage[], text: string): string[] {
  const runs = from.flatMap((page) => linesOf(textOf(page)).flatMap((line) => line.runs));
  let joined = "";
  const starts = runs.map((run) => {
    const start = joined.length;
    joined += bare(run.text);
    return start;
  });
  const at = joined.indexOf(bare(text));
  if (at === -1) throw new Error(`not printed: ${text}`);
  const end = at + bare(text).length;
  const inside = runs.filter(
    (run, index) => (starts[index] ?? 0) < end && (starts[index] ?? 0) + bare(run.text).length > at,
  );
  return [...new Set(inside.map((run) => `${run.font} ${run.size}`))];
}
