import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import ExcelJS from "exceljs";
import {
  CommentRangeStart,
  CommentReference,
  DeletedTextRun,
  Document,
  ExternalHyperlink,
  Footer,
  FootnoteReferenceRun,
  Header,
  HeadingLevel,
  ImageRun,
  InsertedTextRun,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  SimpleField,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalMergeType,
  type ISectionOptions,
} from "docx";
import { describe, expect, it } from "vitest";
import { storedZip, unpacked, zipEntries } from "../indicator/files/zip-parts";
import { ImportRefused } from "./import-refusal";
import { cellGrid, printedText, type ImportedDocument, type ImportedParagraph } from "./imported-document";
import { readDocument } from "./read-document";
import { REAL_TEXT, reportDocx } from "./report-docx.testing";

const fixture = (name: string): Uint8Array => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

async function docx(children: ISectionOptions["children"], more: object = {}): Promise<Uint8Array> {
  return Packer.toBuffer(new Document({ sections: [{ children }], ...more }));
}

const paragraphsIn = ({ blocks }: ImportedDocument): ImportedParagraph[] =>
  blocks.flatMap((block) => (block.kind === "paragraph" ? block : []));
const linesIn = (document: ImportedDocument): string[] => paragraphsIn(document).map(printedText);

/** A .docx whose body and list definitions are written out. */
async function bodyOf(body: string, numbering = ""): Promise<ImportedDocument> {
  const spaces = [
    `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`,
    `xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`,
    `xmlns:v="urn:schemas-microsoft-com:vml"`,
  ].join(" ");
  const relation = (id: number, type: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  const relations = (inner: string): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`;
  const parts = {
    "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    "_rels/.rels": relations(relation(1, "officeDocument", "word/document.xml")),
    "word/_rels/document.xml.rels": relations(relation(1, "numbering", "numbering.xml")),
    "word/numbering.xml": `<w:numbering ${spaces}>${numbering}</w:numbering>`,
    "word/document.xml": `<w:document ${spaces}><w:body>${body}</w:body></w:document>`,
  };
  return readDocument(storedZip(new Map(Object.entries(parts).map(([name, words]) => [name, Buffer.from(words)]))));
}

const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const listed = (text: string, level: number, list = 1): string =>
  `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr></w:pPr>${run(text)}</w:p>`;
const level = (at: number, format: string, text: string, more = ""): string =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/>${more}</w:lvl>`;

describe("the text of a Word document", () => {
  it("joins runs that were cut anywhere, and keeps what is bold apart", async () => {
    const bold = (text: string) => new TextRun({ text, bold: true });
    const document = await readDocument(
      await docx([
        new Paragraph({ children: [bold("抓"), bold("项目。"), new TextRun("进"), new TextRun("展顺利。")] }),
      ]),
    );
    expect(paragraphsIn(document)[0]?.runs).toEqual([
      { text: "抓项目。", bold: true },
      { text: "进展顺利。", bold: false },
    ]);
  });

  it("takes insertions as accepted and leaves deletions out", async () => {
    const change = { id: 1, author: "甲", date: "2024-07-01T00:00:00Z" };
    const document = await readDocument(
      await docx([
        new Paragraph({
          children: [
            new TextRun("增长"),
            new DeletedTextRun({ text: "9.0%", ...change }),
            new InsertedTextRun({ text: "9.1%", ...change, id: 2 }),
            new TextRun("。"),
          ],
        }),
      ]),
    );
    expect(linesIn(document)).toEqual(["增长9.1%。"]);
  });

  it("goes on in the next paragraph where the end of one was deleted, and drops what was moved away", async () => {
    const mark = `<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>`;
    const document = await bodyOf(
      `<w:p>${mark}${run("上半年，")}</w:p><w:p>${run("经济平稳。")}</w:p>` +
        `<w:p>${run("甲")}<w:moveFrom w:id="2">${run("乙")}</w:moveFrom><w:moveTo w:id="3">${run("丙")}</w:moveTo></w:p>`,
    );
    expect(linesIn(document)).toEqual(["上半年，经济平稳。", "甲丙"]);
  });

  it("reads links, the results of fields and content controls as text, and no instructions", async () => {
    const field = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const document = await bodyOf(
      `<w:p>${run("共")}${field("begin")}<w:r><w:instrText>REF 总数 \\h</w:instrText></w:r>${field("separate")}${run("13")}${field("end")}` +
        `<w:hyperlink>${run("项指标")}</w:hyperlink><w:sdt><w:sdtContent>${run("，")}</w:sdtContent></w:sdt><w:smartTag>${run("完成。")}</w:smartTag></w:p>`,
    );
    expect(linesIn(document)).toEqual(["共13项指标，完成。"]);
    const own = await readDocument(
      await docx([
        new Paragraph({
          children: [
            new ExternalHyperlink({ link: "https://www.gov.cn", children: [new TextRun("国务院")] }),
            new SimpleField("PAGE", "3"),
          ],
        }),
      ]),
    );
    expect(linesIn(own)).toEqual(["国务院3"]);
  });

  it("strips the indent of full-width spaces and invisible characters, and keeps breaks within a paragraph", async () => {
    const document = await bodyOf(
      `<w:p>${run("\u3000\u3000上半\u200b年")}<w:r><w:tab/><w:t>增长</w:t><w:br/><w:t>9.1%\u00ad</w:t><w:br w:type="page"/></w:r>${run("。\u3000")}</w:p><w:p>${run("\u3000")}</w:p>`,
    );
    expect(linesIn(document)).toEqual(["上半年 增长\n9.1%。"]);
  });

  it("knows headings and titles by their styles, also where they are only based on one", async () => {
    const styles = {
      paragraphStyles: [{ id: "own", name: "一级标题", basedOn: "Heading1" }],
      default: { heading1: { run: { bold: true } } },
    };
    const document = await readDocument(
      await docx(
        [
          new Paragraph({ text: "报告", heading: HeadingLevel.TITLE }),
          new Paragraph({ text: "总述", style: "own" }),
          new Paragraph({ text: "工业", heading: HeadingLevel.HEADING_2 }),
          new Paragraph({ text: "正文" }),
        ],
        { styles },
      ),
    );
    expect(paragraphsIn(document).map(({ look }) => [look.isTitle, look.level])).toEqual([
      [true, null],
      [false, 1],
      [false, 2],
      [false, null],
    ]);
    expect(paragraphsIn(document)[1]?.runs[0]?.bold).toBe(true);
  });

  it("leaves headers, footers and page numbers out", async () => {
    const page = new Paragraph({ children: [new TextRun({ children: ["— ", PageNumber.CURRENT, " —"] })] });
    const bytes = await Packer.toBuffer(
      new Document({
        sections: [
          {
            headers: { default: new Header({ children: [new Paragraph("内部资料")] }) },
            footers: { default: new Footer({ children: [page] }) },
            children: [new Paragraph("正文")],
          },
        ],
      }),
    );
    const document = await readDocument(bytes);
    expect(linesIn(document)).toEqual(["正文"]);
    expect(document.leftOver).toEqual([]);
  });

  it("reads the strict kind of file, and namespaces by any prefix", async () => {
    const bytes = await docx([new Paragraph("正文")]);
    const parts = await unpacked(bytes, zipEntries(bytes));
    const body = parts.get("word/document.xml")?.toString("utf8") ?? "";
    const strict = body
      .replaceAll(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
      )
      .replace(/([ </])w:/g, "$1ns0:")
      .replaceAll("xmlns:w=", "xmlns:ns0=");
    parts.set("word/document.xml", Buffer.from(strict));
    expect(linesIn(await readDocument(storedZip(parts)))).toEqual(["正文"]);
  });
});

describe("numbers that the program prints", () => {
  const OUTLINE = `<w:abstractNum w:abstractNumId="7">${level(0, "chineseCounting", "%1、")}${level(1, "chineseCounting", "（%2）")}${level(2, "decimal", "%3.")}${level(3, "decimalEnclosedCircle", "%4")}</w:abstractNum>`;
  const list = (id: number, more = "", definition = 7): string =>
    `<w:num w:numId="${id}"><w:abstractNumId w:val="${definition}"/>${more}</w:num>`;

  it("stand in front of the text, and begin anew below a heading", async () => {
    const document = await bodyOf(
      [
        listed("甲", 0),
        listed("乙", 1),
        listed("丙", 1),
        listed("丁", 2),
        listed("戊", 3),
        listed("己", 0),
        listed("庚", 1),
        listed("辛", 2),
      ].join(""),
      OUTLINE + list(1),
    );
    expect(linesIn(document)).toEqual(["一、甲", "（一）乙", "（二）丙", "1.丁", "①戊", "二、己", "（一）庚", "1.辛"]);
  });

  it("go on in another list of the same definition, unless that begins anew", async () => {
    const override = `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`;
    const document = await bodyOf(
      [listed("甲", 0), listed("乙", 0, 2), listed("丙", 0, 3), listed("丁", 0, 3)].join(""),
      OUTLINE + list(1) + list(2) + list(3, override),
    );
    expect(linesIn(document)).toEqual(["一、甲", "二、乙", "一、丙", "二、丁"]);
  });

  it("count an empty paragraph of the list, print 1.1 in digits whatever the levels' own form, and stop at numId 0", async () => {
    const legal = `<w:abstractNum w:abstractNumId="8">${level(0, "chineseCounting", "%1、")}${level(1, "decimal", "%1.%2", "<w:isLgl/>")}</w:abstractNum>`;
    const document = await bodyOf(
      [listed("甲", 0), listed("", 0), listed("乙", 0), listed("丙", 1), listed("丁", 0, 0)].join(""),
      legal + list(1, "", 8),
    );
    expect(linesIn(document)).toEqual(["一、甲", "三、乙", "3.1丙", "丁"]);
  });

  it("come from the paragraph's style too, and bullets are shown as bullets", async () => {
    const document = await readDocument(
      await docx(
        [
          new Paragraph({ text: "甲", style: "listed" }),
          new Paragraph({ text: "乙", style: "listed" }),
          new Paragraph({ text: "丙", bullet: { level: 0 } }),
          new Paragraph({ text: "丁", numbering: { reference: "dashes", level: 0 } }),
        ],
        {
          styles: {
            paragraphStyles: [
              { id: "listed", name: "编号", paragraph: { numbering: { reference: "roman", level: 0 } } },
            ],
          },
          numbering: {
            config: [
              { reference: "roman", levels: [{ level: 0, format: LevelFormat.UPPER_ROMAN, text: "%1." }] },
              { reference: "dashes", levels: [{ level: 0, format: LevelFormat.BULLET, text: "\uf0b7" }] },
            ],
          },
        },
      ),
    );
    expect(linesIn(document)).toEqual(["I.甲", "II.乙", "●丙", "•丁"]);
  });
});

describe("tables", () => {
  it("are read cell by cell, with what is merged", async () => {
    const cell = (text: string, more: object = {}) => new TableCell({ children: [new Paragraph(text)], ...more });
    const document = await readDocument(
      await docx([
        new Table({
          rows: [
            new TableRow({
              children: [cell("指标", { verticalMerge: VerticalMergeType.RESTART }), cell("计划", { columnSpan: 2 })],
            }),
            new TableRow({
              children: [cell("", { verticalMerge: VerticalMergeType.CONTINUE }), cell("总量"), cell("增速")],
            }),
          ],
        }),
      ]),
    );
    const [table] = document.blocks;
    if (table?.kind !== "table") throw new Error("no table");
    expect(table.rows).toEqual([
      [
        { text: "指标", colspan: 1, rowspan: 2 },
        { text: "计划", colspan: 2, rowspan: 1 },
      ],
      [
        { text: "总量", colspan: 1, rowspan: 1 },
        { text: "增速", colspan: 1, rowspan: 1 },
      ],
    ]);
    expect(cellGrid(table)).toEqual([
      ["指标", "计划", "计划"],
      ["指标", "总量", "增速"],
    ]);
  });

  it("of one cell are frames around paragraphs, and rows that were deleted are gone", async () => {
    const row = (words: string[], more = ""): string =>
      `<w:tr>${more}${words.map((text) => `<w:tc><w:p>${run(text)}</w:p></w:tc>`).join("")}</w:tr>`;
    const deleted = `<w:trPr><w:del w:id="1"/></w:trPr>`;
    const document = await bodyOf(
      `<w:tbl>${row(["一、工业"])}</w:tbl><w:tbl>${row(["甲", "乙"])}${row(["丙", "丁"], deleted)}</w:tbl>`,
    );
    expect(linesIn(document)).toEqual(["一、工业"]);
    expect(document.blocks[1]).toMatchObject({ rows: [[{ text: "甲" }, { text: "乙" }]] });
  });
});

describe("what is no text of the report", () => {
  it("is listed where it stood: notes, comments and pictures", async () => {
    const picture = new ImageRun({
      type: "png",
      data: Buffer.from(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
        "base64",
      ),
      transformation: { width: 10, height: 10 },
      altText: { name: "图1", title: "", description: "产业分布图" },
    });
    const document = await readDocument(
      await docx(
        [
          new Paragraph({
            children: [
              new CommentRangeStart(0),
              new TextRun("增长9.1%"),
              new FootnoteReferenceRun(1),
              new CommentReference(0),
            ],
          }),
          new Paragraph({ children: [picture] }),
        ],
        {
          footnotes: { 1: { children: [new Paragraph("按不变价计算。")] } },
          comments: { children: [{ id: 0, children: [new Paragraph("请核对")] }] },
        },
      ),
    );
    expect(linesIn(document)).toEqual(["增长9.1%"]);
    expect(document.leftOver).toEqual([
      { reason: "image", block: 1, text: "产业分布图" },
      { reason: "footnote", block: 1, text: "按不变价计算。" },
      { reason: "comment", block: 1, text: "请核对" },
    ]);
  });

  it("is listed once for each of many text boxes within one another", async () => {
    const depth = 60;
    const nested = Array.from({ length: depth }).reduce<string>(
      (inner, _, index) =>
        `<w:p>${run(`框${index}`)}<w:r><w:pict><w:txbxContent>${inner}</w:txbxContent></w:pict></w:r></w:p>`,
      `<w:p>${run("最里")}</w:p>`,
    );
    const document = await bodyOf(nested);
    expect(linesIn(document)).toEqual([`框${depth - 1}`]);
    expect(document.leftOver).toHaveLength(depth);
    expect(document.leftOver.map(({ text }) => text)).toContain("最里");
  });

  it("is listed once for a text box that is written down twice, and for hidden words and a table of contents", async () => {
    const box = `<w:txbxContent><w:p>${run("内部")}</w:p><w:p>${run("注意保密")}</w:p></w:txbxContent>`;
    const both = `<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>${box}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>${box}</v:shape></w:pict></mc:Fallback></mc:AlternateContent>`;
    const field = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const document = await bodyOf(
      `<w:p><w:r>${both}</w:r>${run("正文")}<w:r><w:rPr><w:vanish/></w:rPr><w:t>草稿</w:t></w:r></w:p>` +
        `<w:p>${field("begin")}<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>${field("separate")}${run("一、工业……1")}</w:p>` +
        `<w:p>${run("二、农业……2")}${field("end")}</w:p><w:p>${run("一、工业")}</w:p>`,
    );
    expect(linesIn(document)).toEqual(["正文", "一、工业"]);
    expect(document.leftOver.map(({ reason, text }) => [reason, text])).toEqual([
      ["text-box", "内部\n注意保密"],
      ["hidden", "草稿"],
      ["contents", "一、工业……1"],
      ["contents", "二、农业……2"],
    ]);
  });
});

describe("Markdown and plain text", () => {
  const linesOf = async (text: string): Promise<string[]> => linesIn(await readDocument(Buffer.from(text)));

  it("are read with their marks, and nothing else is one", async () => {
    const document = await readDocument(
      Buffer.from(
        "# 报告\n\n**抓项目。**进展_顺利_\\*。\n\n- 甲\n- 乙\n\n![图一](a.png)\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n",
      ),
    );
    expect(paragraphsIn(document).map((each) => [each.label, each.look.level, printedText(each)])).toEqual([
      ["", 1, "报告"],
      ["", null, "抓项目。进展_顺利_*。"],
      ["-", null, "-甲"],
      ["-", null, "-乙"],
    ]);
    expect(paragraphsIn(document)[1]?.runs[0]).toEqual({ text: "抓项目。", bold: true });
    expect(document.blocks.at(-1)).toMatchObject({
      kind: "table",
      rows: [
        [{ text: "甲" }, {}],
        [{ text: "1" }, {}],
      ],
    });
    expect(document.leftOver).toEqual([{ reason: "image", block: 4, text: "图一" }]);
  });

  it("begin a paragraph at a blank line or an indent, in any of China's encodings", async () => {
    expect(await linesOf("甲\n乙\n\n丙\n\u3000\u3000丁")).toEqual(["甲\n乙", "丙", "丁"]);
    const gb18030 = Buffer.from([0xb1, 0xa8, 0xb8, 0xe6]);
    expect(linesIn(await readDocument(gb18030))).toEqual(["报告"]);
  });
});

describe("a file that is not imported", () => {
  async function refusalOf(bytes: Uint8Array): Promise<string | null> {
    try {
      await readDocument(bytes);
      return null;
    } catch (error) {
      if (error instanceof ImportRefused) return error.key;
      throw error;
    }
  }

  it("is an old .doc, or has a password: both as LibreOffice wrote them", async () => {
    expect(await refusalOf(fixture("short.doc"))).toBe("old-word");
    expect(await refusalOf(fixture("password.docx"))).toBe("encrypted");
  });

  it("carries macros, whatever it is called", async () => {
    const bytes = await docx([new Paragraph("正文")]);
    const parts = await unpacked(bytes, zipEntries(bytes));
    const withMacros = new Map([...parts, ["word/vbaProject.bin", Buffer.from("VBA")] as const]);
    expect(await refusalOf(storedZip(withMacros))).toBe("macros");
    const types = parts.get("[Content_Types].xml")?.toString("utf8") ?? "";
    const asDocm = types.replace(/wordprocessingml\.document\.main/, "ms-word.document.macroEnabled.main");
    expect(asDocm).not.toBe(types);
    expect(await refusalOf(storedZip(new Map([...parts, ["[Content_Types].xml", Buffer.from(asDocm)]])))).toBe(
      "macros",
    );
  });

  it("is cut off, or has a part that is not well-formed, or brings a DTD along", async () => {
    const whole = await reportDocx("typed");
    expect(await refusalOf(whole.subarray(0, whole.length / 2))).toBe("damaged");
    const parts = await unpacked(whole, zipEntries(whole));
    const body = parts.get("word/document.xml") ?? Buffer.alloc(0);
    expect(await refusalOf(storedZip(new Map([...parts, ["word/document.xml", body.subarray(0, 5000)]])))).toBe(
      "damaged",
    );
    const bomb = Buffer.from(
      `<!DOCTYPE a [<!ENTITY b "bbbb">]>${body.toString("utf8").replace(/^<\?xml[^>]*\?>/, "")}`,
    );
    expect(await refusalOf(storedZip(new Map([...parts, ["word/document.xml", bomb]])))).toBe("damaged");
    const deep = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${"<w:sdt>".repeat(5000)}`;
    expect(await refusalOf(storedZip(new Map([...parts, ["word/document.xml", Buffer.from(deep)]])))).toBe("damaged");
  });

  it("unpacks to far more than a report, whatever its directory claims", async () => {
    const bytes = await docx([new Paragraph("正文")]);
    const parts = await unpacked(bytes, zipEntries(bytes));
    const zip = storedZip(parts);
    const entry = zipEntries(zip).find(({ name }) => name === "word/document.xml");
    if (!entry) throw new Error("no document");
    const bomb = deflateRawSync(Buffer.alloc(200 * 1024 * 1024));
    parts.set("word/document.xml", bomb);
    const packed = storedZip(parts);
    for (const signature of [0x04034b50, 0x02014b50]) deflatedAt(packed, signature, "word/document.xml");
    expect(packed.length).toBeLessThan(1024 * 1024);
    expect(await refusalOf(packed)).toBe("too-much-inside");
  });

  it("says more than any report, wherever it says it", async () => {
    const half = run("甲".repeat(500_001));
    const cells = `<w:tr><w:tc><w:p>${half}</w:p></w:tc><w:tc><w:p>${half}</w:p></w:tc></w:tr>`;
    const hidden = half.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>");
    const box = `<w:p><w:r><w:pict><w:txbxContent><w:p>${half}</w:p></w:txbxContent></w:pict></w:r></w:p>`;
    const whole = {
      paragraphs: "<w:p><w:r><w:t>甲</w:t></w:r></w:p>".repeat(5001),
      characters: `<w:p>${half}${half}</w:p>`,
    };
    for (const body of [...Object.values(whole), `<w:tbl>${cells}</w:tbl>`, `<w:p>${half}${hidden}</w:p>`, box + box]) {
      await expect(bodyOf(`<w:p>${run("甲")}</w:p>${body}`)).rejects.toMatchObject({
        key: "too-long",
        params: { paragraphs: 5000, characters: 1_000_000 },
      });
    }
    expect(linesIn(await bodyOf(`<w:p>${half}</w:p>`))[0]).toHaveLength(500_001);
  });

  it("makes more of itself by the numbers in front of its paragraphs, but not of the empty ones", async () => {
    const numbers = `<w:abstractNum w:abstractNumId="0">${level(0, "upperLetter", "%1".repeat(10_000))}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`;
    await expect(bodyOf(listed("甲", 0).repeat(4_900), numbers)).rejects.toMatchObject({ key: "too-long" });
    const [line] = linesIn(await bodyOf(listed("", 0).repeat(4_900) + listed("甲", 0), numbers));
    // Letters are doubled ten times at most; 4901 is the thirteenth of its round.
    expect(line).toBe(`${"M".repeat(250)}甲`);
  });

  it("is empty, says nothing, is too large, or is something else", async () => {
    expect(await refusalOf(new Uint8Array())).toBe("empty");
    expect(await refusalOf(Buffer.from(" \n\u3000\n"))).toBe("no-text");
    expect(await refusalOf(await docx([new Paragraph("")]))).toBe("no-text");
    expect(await refusalOf(new Uint8Array(50 * 1024 * 1024 + 1))).toBe("too-large");
    expect(await refusalOf(Buffer.from("甲。\n\n".repeat(5001)))).toBe("too-long");
    expect(await refusalOf(Buffer.from("甲".repeat(1_000_001)))).toBe("too-long");
    expect(await refusalOf(Buffer.from("%PDF-1.7\n"))).toBe("not-document");
    expect(await refusalOf(Buffer.from("{\\rtf1\\ansi 报告}"))).toBe("not-document");
    expect(await refusalOf(Buffer.from("<html><body>报告</body></html>"))).toBe("not-document");
    expect(await refusalOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]))).toBe("not-document");
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet("表一").addRow(["指标"]);
    expect(await refusalOf(Buffer.from(await workbook.xlsx.writeBuffer()))).toBe("not-document");
    expect(await refusalOf(Buffer.from(REAL_TEXT))).toBeNull();
  });
});

/** Says of one entry of a stored zip file that it is packed, and 100 bytes when unpacked. */
function deflatedAt(zip: Buffer, signature: number, name: string): void {
  const isLocal = signature === 0x04034b50;
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(signature);
  for (let at = zip.indexOf(mark); at !== -1; at = zip.indexOf(mark, at + 4)) {
    const from = at + (isLocal ? 30 : 46);
    if (zip.toString("utf8", from, from + name.length) !== name) continue;
    zip.writeUInt16LE(8, at + (isLocal ? 8 : 10));
    zip.writeUInt32LE(100, at + (isLocal ? 22 : 24));
  }
}
