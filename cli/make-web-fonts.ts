/**
 * Cuts the document faces into woff2 slices by unicode-range, so that a page fetches only the characters it shows.
 * Run by hand after the fonts, the demonstration report or many of the interface's words changed: `npx tsx cli/make-web-fonts.ts`.
 * Writes public/fonts/<face>-<n>-<hash8>.woff2 and app/document-fonts.css; the same inputs give the same bytes.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import subsetFont from "subset-font";

type Face = { name: string; family: string; file: string; weight: string; use: "body" | "headings" | "rest" };
type Range = { from: number; to: number };
type Slice = { characters: string[]; ranges: Range[] };

const FACES: Face[] = [
  { name: "fang", family: "Huibao Fang", file: "FandolFang-Regular.otf", weight: "400", use: "body" },
  { name: "hei", family: "Huibao Hei", file: "FandolHei-Regular.otf", weight: "400", use: "headings" },
  { name: "kai", family: "Huibao Kai", file: "FandolKai-Regular.otf", weight: "400", use: "headings" },
  // One bold file serves every weight, so that no browser thickens it a second time.
  { name: "song", family: "Huibao Song", file: "FandolSong-Bold.otf", weight: "400 700", use: "headings" },
  // Stands last in every stack for the few characters of the report that the four lack.
  { name: "rare", family: "Huibao Rare", file: "NotoSerifSC_400Regular.ttf", weight: "400 700", use: "rest" },
];
const REPORT = "db/demo/2024-h1.clean.md";
const MESSAGES = "messages/zh-CN";
const OUT = "public/fonts";
const STYLESHEET = "app/document-fonts.css";
const SLICE = 400;
/** Words that the product itself sets in the document faces: the mark, the seal, names of editions and of the annex. */
const PRODUCT_WORDS =
  "汇报附件第号页会议稿送审稿征求意见稿公开稿已封存预览序号主要经济指标计算单位预计数暂未反馈空白请在此填写本期内容上报";
const PUNCTUATION = "“”‘’—…·、。，；：？！（）〔〕《》〈〉「」【】～〇％％－／＝＋×÷℃㎡Ⅰ Ⅱ Ⅲ Ⅳ Ⅴ①②③④⑤⑥⑦⑧⑨⑩";

const ALWAYS = printableAscii() + PUNCTUATION + PRODUCT_WORDS;

const report = await readFile(REPORT, "utf8");
const interfaceWords = await wordsOf(MESSAGES);
await mkdir(OUT, { recursive: true });
const stale = new Set((await readdir(OUT)).filter((name) => name.endsWith(".woff2")));
const rules: { rank: number; rule: string }[] = [];
const lacking = new Set<string>();
let bytes = 0;

for (const face of FACES) {
  const font = await readFile(`fonts/${face.file}`);
  const has = codePointsOf(font);
  for (const character of new Set(ALWAYS + report)) {
    if (character > " " && !has.has(codePoint(character))) lacking.add(character);
  }

  let total = 0;
  for (const [index, slice] of slicesFor(face, has).entries()) {
    const woff2 = await subsetFont(font, slice.characters.join(""), {
      targetFormat: "woff2",
      noHinting: true,
      // Browsers close the gap between neighbouring full-width marks with these two.
      keepFeatures: ["halt", "chws"],
    });
    const hash = createHash("sha256").update(woff2).digest("hex").slice(0, 8);
    const name = `${face.name}-${index}-${hash}.woff2`;
    await writeFile(`${OUT}/${name}`, woff2);
    stale.delete(name);
    total += woff2.length;
    const rank = index - (face.use === "headings" ? 1 : 0);
    rules.push({ rank, rule: fontFace(face, name, slice.ranges) });
    if (face.name !== "hei") continue;
    // The workspace takes the same files for its Chinese alone; its letters and figures stay the system's.
    const chinese = slice.ranges.filter(({ from }) => from >= 0x400);
    rules.push({ rank, rule: fontFace({ ...face, family: "Huibao Sans" }, name, chinese) });
  }
  bytes += total;
  console.log(`${face.family}: ${kilobytes(total)}`);
}

for (const name of stale) await rm(`${OUT}/${name}`);
// Where ranges overlap the later rule wins, so the exact slices come last. The faces' equal ranges stand together,
// which lets gzip store them once.
const css = rules.toSorted((a, b) => b.rank - a.rank).map(({ rule }) => rule);
await writeFile(STYLESHEET, `/* Written by cli/make-web-fonts.ts. Do not edit. */\n${css.join("\n")}\n`);
console.log(`in Huibao Rare: ${[...lacking].join("")}`);
console.log(`${rules.length} rules, ${kilobytes(bytes)}`);

/**
 * What each slice holds: first what every page of the report needs in this face, then the rest of the report, then the
 * common characters of GB 2312, then its rare ones. The rare slices go by code point and claim the whole interval:
 * one range instead of four hundred.
 */
function slicesFor(face: Face, has: Set<number>): Slice[] {
  const headings = report
    .split("\n")
    .flatMap((line, number) => (number < 8 || line.startsWith("#") ? [line] : (line.match(/\*\*[^*]+\*\*/g) ?? [])))
    .join("");
  const wanted = face.use === "body" ? [ALWAYS + report] : [ALWAYS + headings, report];
  // On a system without Chinese this face sets the whole workspace, so its words come in the first file.
  if (face.name === "hei") wanted[0] += interfaceWords;

  const taken = new Set<string>();
  const take = (text: string) =>
    [...text].filter((character) => {
      if (character < " " || taken.has(character) || !has.has(codePoint(character))) return false;
      taken.add(character);
      return true;
    });
  if (face.use === "rest") return [exactly(take([...lacking].join("")))];
  const exact = [...wanted.map(take), ...chunks(take(gb2312(1, 55)))].map(exactly);
  const rare = chunks(take(gb2312(56, 87)).toSorted((a, b) => codePoint(a) - codePoint(b))).map((characters) => {
    const points = characters.map(codePoint);
    return { characters, ranges: [{ from: Math.min(...points), to: Math.max(...points) }] };
  });
  return [...exact, ...rare];
}

async function wordsOf(directory: string): Promise<string> {
  const files = (await readdir(directory)).filter((name) => name.endsWith(".json"));
  return (await Promise.all(files.map((name) => readFile(`${directory}/${name}`, "utf8")))).join("");
}

function exactly(characters: string[]): Slice {
  return { characters, ranges: joined(characters.map(codePoint)) };
}

function chunks(characters: string[]): string[][] {
  return Array.from({ length: Math.ceil(characters.length / SLICE) }, (_, index) =>
    characters.slice(index * SLICE, (index + 1) * SLICE),
  );
}

function fontFace(face: Face, name: string, ranges: Range[]): string {
  return `@font-face {
  font-family: "${face.family}";
  font-weight: ${face.weight};
  font-display: swap;
  src: url("/fonts/${name}") format("woff2");
  unicode-range: ${ranges.map(cssRange).join(", ")};
}`;
}

/** Code points as ranges, neighbours in one. */
function joined(points: number[]): Range[] {
  const ranges: Range[] = [];
  for (const point of points.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && point === last.to + 1) last.to = point;
    else ranges.push({ from: point, to: point });
  }
  return ranges;
}

/** U+4E00, U+20-7E. */
function cssRange({ from, to }: Range): string {
  const hex = (point: number) => point.toString(16).toUpperCase();
  return from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`;
}

function printableAscii(): string {
  return String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 0x20 + index));
}

/**
 * The characters of GB 2312 from one of its rows to another: 1–3 are marks, numbers and full-width letters, 16–55 the
 * 3755 common characters, 56–87 the 3008 rarer ones.
 */
function gb2312(first: number, last: number): string {
  const decoder = new TextDecoder("gb18030");
  let text = "";
  for (let row = first; row <= last; row += 1) {
    if (row > 3 && row < 16) continue;
    // Row 55 ends early; its last cells decode to private-use characters.
    const cells = row === 55 ? 89 : 94;
    for (let cell = 1; cell <= cells; cell += 1) text += decoder.decode(Uint8Array.of(0xa0 + row, 0xa0 + cell));
  }
  return text;
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/**
 * The code points that a font maps, read from format 4 of its cmap table (the faces stay in the basic plane).
 * https://learn.microsoft.com/typography/opentype/spec/cmap#format-4-segment-mapping-to-delta-values
 */
function codePointsOf(font: Buffer): Set<number> {
  const cmap = tableOffset(font, "cmap");
  const points = new Set<number>();
  for (let record = 0; record < font.readUInt16BE(cmap + 2); record += 1) {
    const subtable = cmap + font.readUInt32BE(cmap + 4 + record * 8 + 4);
    if (font.readUInt16BE(subtable) !== 4) continue;
    const twiceSegments = font.readUInt16BE(subtable + 6);
    for (let at = 0; at < twiceSegments; at += 2) {
      const end = font.readUInt16BE(subtable + 14 + at);
      const start = font.readUInt16BE(subtable + 16 + twiceSegments + at);
      for (let point = start; point <= end && point < 0xffff; point += 1) points.add(point);
    }
  }
  if (points.size === 0) throw new Error("the font has no format 4 character map");
  return points;
}

function tableOffset(font: Buffer, tag: string): number {
  for (let record = 12; record < 12 + font.readUInt16BE(4) * 16; record += 16) {
    if (font.toString("latin1", record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  throw new Error(`the font has no ${tag} table`);
}

function kilobytes(size: number): string {
  return `${Math.round(size / 1024)} KiB`;
}
