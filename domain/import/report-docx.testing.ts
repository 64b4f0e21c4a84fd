import { readFileSync } from "node:fs";
import {
  AlignmentType,
  Document,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageBreak,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  type IParagraphOptions,
} from "docx";
import { REAL_CSV } from "../indicator/real-table.testing";

const DEMO = new URL("../../db/demo/", import.meta.url);
/** The real report as clean text. */
export const REAL_TEXT = readFileSync(new URL("2024-h1.clean.md", DEMO), "utf8");
/** Made by LibreOffice from the "automatic" one, by way of its own format. */
export const LIBREOFFICE_DOCX = readFileSync(new URL("fixtures/2024-h1.libreoffice.docx", import.meta.url));

/** "typed": numbers are part of the text. "automatic": the program's lists print them, and the bullets. */
export type Numbers = "typed" | "automatic";

/** The clean text as an office would have it in Word: headings by style, bold leads, indents, the annex as a table. */
export async function reportDocx(numbers: Numbers, markdown = REAL_TEXT): Promise<Uint8Array> {
  const paragraphs = markdown
    .trimEnd()
    .split("\n\n")
    .flatMap((block, index) => paragraphsOf(block, index, numbers));
  const rows = REAL_CSV.map(
    (cells, index) =>
      new TableRow({
        tableHeader: index === 0,
        children: cells.map((cell) => new TableCell({ children: [new Paragraph({ children: runs(cell) })] })),
      }),
  );
  const document = new Document({
    numbering: {
      config: [
        { reference: "outline", levels: LEVELS },
        { reference: "bullets", levels: BULLETS },
      ],
    },
    sections: [{ children: [...paragraphs, new Table({ rows })] }],
  });
  return Packer.toBuffer(document);
}

const LEVELS = [
  { level: 0, format: LevelFormat.CHINESE_COUNTING, text: "%1、" },
  { level: 1, format: LevelFormat.CHINESE_COUNTING, text: "（%2）" },
  { level: 2, format: LevelFormat.DECIMAL, text: "%3." },
];
const BULLETS = [{ level: 0, format: LevelFormat.BULLET, text: "——" }];
const INDENT = "\u3000\u3000";

function paragraphsOf(block: string, index: number, numbers: Numbers): Paragraph[] {
  const [, sharps = "", number = "", words = block] =
    /^(#+ )?((?:[一二三]、|（[一二三四五六七八九]）|\d+\. |——(?!\d{4}年))?)(.*)$/su.exec(block) ?? [];
  const isTyped = numbers === "typed";
  const look: IParagraphOptions =
    sharps === "# " ? { heading: HeadingLevel.TITLE } : index < 3 ? CENTRED : headingOf(sharps);
  if (block.startsWith("附件：")) {
    const title = new Paragraph({ ...CENTRED, children: runs(block.slice("附件：".length)) });
    return [
      new Paragraph({ children: runs(INDENT + block) }),
      new Paragraph({ children: [new PageBreak(), ...runs("附件")] }),
      title,
    ];
  }
  const level = sharps === "## " ? 0 : sharps === "### " ? 1 : 2;
  const list = { numbering: number === "——" ? { reference: "bullets", level: 0 } : { reference: "outline", level } };
  const isBody = sharps === "" && index >= 3;
  const text = isTyped || number === "" ? `${isTyped && isBody ? INDENT : ""}${number}${words}` : words;
  return [new Paragraph({ ...look, ...(isTyped || number === "" ? {} : list), children: runs(text) })];
}

const CENTRED = { alignment: AlignmentType.CENTER };
const headingOf = (sharps: string): IParagraphOptions =>
  sharps === "" ? {} : { heading: sharps === "## " ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2 };

/** Bold words between asterisks. Word cuts runs wherever somebody has stopped typing. */
function runs(text: string): TextRun[] {
  return text
    .split(/\*\*([^*]+)\*\*/)
    .flatMap((words, index) =>
      (words.match(/.{1,37}/gsu) ?? []).map((piece) => new TextRun({ text: piece, bold: index % 2 === 1 })),
    );
}
