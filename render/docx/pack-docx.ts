import { type Document, Packer } from "docx";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import type { ReportDocument } from "../report-document";
import { STAND_INS } from "./faces";
import { fontTableXml } from "./styles";

/** What the file says of itself, beside the parts that the library is not asked for (footers, numbering …). */
export type DocxParts = {
  title: string;
  /** Milliseconds since 1970, of the document and not of a clock. */
  date: number;
  /** Further changes made in Word are marked too. */
  tracked: boolean;
  /** By path: word/styles.xml. */
  parts: Readonly<Record<string, string>>;
  /** A last hand on the text's own part. */
  rewrite?: (documentXml: string) => string;
};

/**
 * The library's file with our own styles, settings and properties, without what it adds to every file (a theme, whose
 * fonts would overrule the official ones, notes, empty lists), and as the same bytes whenever and wherever it is made.
 */
export async function packDocx(document: Document, content: DocxParts): Promise<Uint8Array> {
  const { title, date, tracked, parts, rewrite } = content;
  const own: Record<string, string> = {
    "docProps/core.xml": coreXml(title, date),
    "docProps/app.xml": APP_XML,
    "word/settings.xml": settingsXml(tracked),
    "word/fontTable.xml": fontTableXml(STAND_INS),
    ...parts,
  };
  const packed = await Packer.toBuffer(document);
  const library = unzipSync(packed);
  const dropped = droppedParts(library, own);
  const files = Object.entries(library).flatMap(([path, bytes]): [string, Uint8Array][] => {
    if (isDropped(path, bytes, dropped)) return [];
    const text = own[path];
    if (text !== undefined) return [[path, strToU8(text)]];
    if (path.endsWith(".rels") || path === CONTENT_TYPES) return [[path, strToU8(without(strFromU8(bytes), dropped))]];
    if (path === "word/document.xml" && rewrite) return [[path, strToU8(rewrite(strFromU8(bytes)))]];
    return [[path, bytes]];
  });
  files.sort(([a], [b]) => Number(b === CONTENT_TYPES) - Number(a === CONTENT_TYPES) || (a < b ? -1 : 1));
  // The time is read back in the machine's own zone, so that it is the same in all.
  return zipSync(Object.fromEntries(files), { mtime: new Date(1980, 0, 1), level: 6 });
}

/** The first moment after the period that the report is of. */
export function periodEnd({ report: { year, half } }: Pick<ReportDocument, "report">): number {
  return half === 1 ? Date.UTC(year, 6, 1) : Date.UTC(year + 1, 0, 1);
}

const CONTENT_TYPES = "[Content_Types].xml";
/** In every file of the library, and never in ours. */
const DROPPED = ["theme/theme1.xml", "footnotes.xml", "endnotes.xml", "docProps/custom.xml"] as const;

function droppedParts(files: Readonly<Record<string, Uint8Array>>, own: Readonly<Record<string, string>>): string[] {
  const comments = files["word/comments.xml"];
  const isUncommented = comments !== undefined && !strFromU8(comments).includes("<w:comment ");
  return [
    ...DROPPED,
    ...(isUncommented ? ["word/comments.xml"] : []),
    ...("word/numbering.xml" in own ? [] : ["word/numbering.xml"]),
  ];
}

function isDropped(path: string, bytes: Uint8Array, dropped: readonly string[]): boolean {
  const isEmpty = path.endsWith(".rels") && !strFromU8(bytes).includes("<Relationship ");
  return isEmpty || dropped.some((part) => path.endsWith(part));
}

/** Relations and content types name a part from where they are: word/comments.xml or comments.xml. */
const without = (xml: string, dropped: readonly string[]): string =>
  xml.replace(/<(?:Relationship|Override) [^>]*?(?:Target|PartName)="([^"]*)"[^>]*\/>/g, (entry, target: string) =>
    dropped.some((part) => part.endsWith(target.replace(/^\/?(?:word\/)?/, ""))) ? "" : entry,
  );

function coreXml(title: string, date: number): string {
  const time = new Date(date).toISOString().replace(/\.\d+Z$/, "Z");
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title><dc:creator></dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${time}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${time}</dcterms:modified><dc:language>zh-CN</dc:language></cp:coreProperties>`;
}

const APP_XML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Huibao</Application></Properties>`;

/** As Word sets them for Chinese, with the two kinds of footers. */
const settingsXml = (tracked: boolean): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:zoom w:percent="100"/>${tracked ? "<w:trackRevisions/>" : ""}<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/><w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
