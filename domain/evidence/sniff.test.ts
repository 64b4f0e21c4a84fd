import { crc32, deflateSync } from "node:zlib";
import ExcelJS from "exceljs";
import { beforeAll, describe, expect, it } from "vitest";
import { storedZip, unpacked, zipEntries } from "../indicator/files/zip-parts";
import { sniffEvidence } from "./sniff";

describe("what a file is, its bytes say", () => {
  let workbook: Buffer;
  beforeAll(async () => {
    workbook = await aWorkbook();
  });

  it("knows a PDF, a PNG and a JPEG", async () => {
    expect(await sniffEvidence(aPdf())).toBe("pdf");
    expect(await sniffEvidence(aPng())).toBe("png");
    expect(await sniffEvidence(aJpeg())).toBe("jpeg");
  });

  it("knows a workbook, packed or not, wherever its bytes lie in a larger buffer", async () => {
    expect(await sniffEvidence(workbook)).toBe("xlsx");
    expect(await sniffEvidence(storedZip(await partsOf(workbook)))).toBe("xlsx");
    const larger = Buffer.concat([Buffer.from("PK\x03\x04 before"), workbook, Buffer.from("vbaProject.bin")]);
    expect(await sniffEvidence(larger.subarray(11, 11 + workbook.length))).toBe("xlsx");
  });

  it("knows a document, also one whose main part is numbered", async () => {
    const parts = documentParts("word/document.xml");
    expect(await sniffEvidence(storedZip(parts))).toBe("docx");
    expect(await sniffEvidence(storedZip(documentParts("word/document2.xml")))).toBe("docx");
  });

  it.each<[string, (parts: Map<string, Buffer>) => unknown]>([
    ["that carries macros", (parts) => parts.set("word/vbaProject.bin", Buffer.from("macros"))],
    ["that says it carries macros", (parts) => retyped(parts, "document.macroEnabled.main+xml")],
    ["that is a template", (parts) => retyped(parts, "template.main+xml")],
    ["without its main part", (parts) => parts.delete("word/document.xml")],
    ["that does not say what it is", (parts) => parts.delete("[Content_Types].xml")],
  ])("does not take a document %s", async (_, change) => {
    const parts = documentParts("word/document.xml");
    change(parts);
    expect(await sniffEvidence(storedZip(parts))).toBeNull();
  });

  it("knows a workbook whose cells speak of macros", async () => {
    const parts = await partsOf(workbook);
    parts.set("xl/sharedStrings.xml", Buffer.from("<sst><si><t>xl/vbaProject.bin</t></si></sst>"));
    expect(await sniffEvidence(storedZip(parts))).toBe("xlsx");
  });

  it.each<[string, () => Uint8Array]>([
    ["nothing", () => Buffer.alloc(0)],
    ["a few bytes of a mark", () => Buffer.from("%PD")],
    [
      "a program",
      () => Buffer.concat([Buffer.from("MZ\x90\x00\x03", "latin1"), Buffer.alloc(200), Buffer.from("PE\0\0")]),
    ],
    ["a program with a workbook behind it", () => Buffer.concat([Buffer.from("MZ"), workbook])],
    ["an ELF program", () => Buffer.from("\x7fELF\x02\x01\x01", "latin1")],
    ["a script", () => Buffer.from("#!/bin/sh\nrm -rf /\n")],
    ["an SVG", () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ["an SVG behind an XML heading", () => Buffer.from('<?xml version="1.0"?><svg><script>alert(1)</script></svg>')],
    ["a web page", () => Buffer.from("<!doctype html><script>alert(1)</script>")],
    ["a web page that names a PDF", () => Buffer.from("<html>%PDF-1.7</html>")],
    ["a GIF", () => Buffer.from("GIF89a")],
    ["a text", () => Buffer.from("481.35亿元")],
    ["an old workbook", () => Buffer.from("d0cf11e0a1b11ae1", "hex")],
    ["an archive", () => storedZip(new Map([["数据.txt", Buffer.from("481.35")]]))],
    [
      "an archive whose contents name a workbook",
      () => storedZip(new Map([["evil.exe", Buffer.from("MZ [Content_Types].xml xl/workbook.xml")]])),
    ],
    ["the beginning of a workbook", () => workbook.subarray(0, workbook.length - 30)],
    [
      "an archive that says it is a workbook and lists nothing",
      () => Buffer.from("PK\x03\x04[Content_Types].xml xl/workbook.xml"),
    ],
  ])("does not take %s", async (_, bytes) => {
    expect(await sniffEvidence(bytes())).toBeNull();
  });

  it("does not take a document of a text processor for a workbook", async () => {
    const parts = await partsOf(workbook);
    const document = new Map([...parts].map(([name, part]) => [name.replace("xl/workbook", "word/document"), part]));
    expect(await sniffEvidence(storedZip(document))).toBeNull();
  });

  it.each<[string, string]>([
    ["under its usual name", "xl/vbaProject.bin"],
    ["in other letters", "xl/VBAPROJECT.BIN"],
    ["in another folder", "macros/vbaProject.bin"],
    ["as a sheet of macros", "xl/macrosheets/sheet1.xml"],
  ])("does not take a workbook that carries macros %s", async (_, name) => {
    const parts = await partsOf(workbook);
    parts.set(name, Buffer.from("macros"));
    expect(await sniffEvidence(storedZip(parts))).toBeNull();
  });

  it.each([
    ["that says so itself", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"],
    ["under a name of its own", "application/vnd.ms-office.vbaProject"],
  ])("does not take a workbook of macros %s", async (_, type) => {
    const parts = await partsOf(workbook);
    const types = parts.get("[Content_Types].xml")?.toString() ?? "";
    const override = `<Override PartName="/xl/book.bin" ContentType="${type}"/></Types>`;
    parts.set("[Content_Types].xml", Buffer.from(types.replace("</Types>", override)));
    parts.set("xl/book.bin", Buffer.from("macros"));
    expect(await sniffEvidence(storedZip(parts))).toBeNull();
  });
});

const documentParts = (main: string) =>
  new Map([
    ["[Content_Types].xml", Buffer.from(`<Types><Override PartName="/${main}" ContentType="${DOCUMENT}"/></Types>`)],
    [main, Buffer.from("<w:document/>")],
  ]);
const DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

function retyped(parts: Map<string, Buffer>, type: string): void {
  const types = parts.get("[Content_Types].xml")?.toString() ?? "";
  parts.set("[Content_Types].xml", Buffer.from(types.replace("document.main+xml", type)));
}

/** A page with nothing on it, as small as the format allows. */
function aPdf(): Buffer {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
  ];
  let file = "%PDF-1.7\n";
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const trailer = `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(`${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`);
}

/** One black pixel. */
function aPng(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.from("00000001000000010800000000", "hex");
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.from([0, 0]))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The frame of a JFIF file: start of image, its application segment, end of image. */
const aJpeg = (): Buffer => Buffer.from("ffd8ffe000104a46494600010100000100010000ffd9", "hex");

async function aWorkbook(): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet("数据").addRow(["地区生产总值", 481.35]);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

async function partsOf(workbook: Buffer): Promise<Map<string, Buffer>> {
  return unpacked(workbook, zipEntries(workbook));
}
