import { posix } from "node:path";
import ExcelJS from "exceljs";
import { WorkbookRefused } from "./workbook-refusal";
import { storedZip, unpacked, zipEntries, type ZipEntry } from "./zip-parts";

export const FILE_LIMIT_MEGABYTES = 5;

/**
 * An .xlsx as ExcelJS gives it, for its cells alone. The library sees only parts that were measured, and none of those
 * it expands by range (validations, names, columns): one line of them can ask for a billion cells. Merges that are small
 * are kept on request. Throws WorkbookRefused.
 */
export async function openWorkbook(bytes: Uint8Array, keep: { merges?: boolean } = {}): Promise<ExcelJS.Workbook> {
  refuseByFirstBytes(bytes);
  const entries = zipEntries(bytes);
  const named = new Map(entries.map((entry) => [entry.name, entry]));
  if (!named.has("xl/workbook.xml") || !named.has(CONTENT_TYPES)) throw new WorkbookRefused("not-xlsx");
  if (entries.some((entry) => /(?:^|\/)vbaProject\.bin$|^xl\/macrosheets\//i.test(entry.name))) {
    throw new WorkbookRefused("macros");
  }
  const parts = await unpacked(bytes, entries.filter(isRead));
  if (/macroEnabled/i.test(textOf(parts, CONTENT_TYPES))) throw new WorkbookRefused("macros");
  const workbook = new ExcelJS.Workbook();
  try {
    const zip = storedZip(cellsAlone(parts, keep.merges === true));
    // The declared type is an older Buffer's; ExcelJS takes any.
    await workbook.xlsx.load(zip as unknown as ExcelJS.Buffer, {
      ignoreNodes: EXPANDED_OR_LINKED.filter((node) => node !== "mergeCells" || !keep.merges),
    });
  } catch {
    throw new WorkbookRefused("damaged");
  }
  return workbook;
}

const CONTENT_TYPES = "[Content_Types].xml";
const WORKBOOK = "xl/workbook.xml";
const OLE = Buffer.from("d0cf11e0a1b11ae1", "hex");
const EXPANDED_OR_LINKED = [
  "cols",
  "conditionalFormatting",
  "dataValidations",
  "drawing",
  "extLst",
  "hyperlinks",
  "legacyDrawing",
  "mergeCells",
  "picture",
  "tableParts",
];

function refuseByFirstBytes(bytes: Uint8Array): void {
  if (bytes.length > FILE_LIMIT_MEGABYTES * 1024 * 1024) {
    throw new WorkbookRefused("too-large", { megabytes: FILE_LIMIT_MEGABYTES });
  }
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.subarray(0, OLE.length).equals(OLE)) {
    const isEncrypted = file.includes(Buffer.from("EncryptedPackage", "utf16le"));
    throw new WorkbookRefused(isEncrypted ? "encrypted" : "old-excel");
  }
  if (!file.subarray(0, 4).equals(Buffer.from("PK\x03\x04"))) throw new WorkbookRefused("not-xlsx");
}

const SHEET = /^xl\/worksheets\/(sheet\d+)\.xml$/;

function isRead({ name }: ZipEntry): boolean {
  return (
    [
      CONTENT_TYPES,
      "_rels/.rels",
      WORKBOOK,
      "xl/_rels/workbook.xml.rels",
      "xl/styles.xml",
      "xl/sharedStrings.xml",
    ].includes(name) ||
    SHEET.test(name) ||
    /^xl\/worksheets\/_rels\/sheet\d+\.xml\.rels$/.test(name) ||
    /^xl\/(?:comments\/)?comments?\d*\.xml$/.test(name)
  );
}

/** The parts that hold cells, their formats and their comments; names of ranges are taken out. */
function cellsAlone(parts: ReadonlyMap<string, Buffer>, keepsMerges: boolean): Map<string, Buffer> {
  const kept = new Map<string, Buffer>();
  for (const [name, part] of parts) {
    const sheet = SHEET.exec(name)?.[1];
    if (name === WORKBOOK) kept.set(name, Buffer.from(part.toString("utf8").replaceAll("definedName", "leftOut")));
    else if (sheet !== undefined && keepsMerges) kept.set(name, withSmallMerges(part));
    else if (!name.includes("comment") && !name.startsWith("xl/worksheets/_rels/")) kept.set(name, part);
    const comments = sheet === undefined ? undefined : commentsOf(sheet, parts);
    if (comments) {
      const own = `comments${sheet?.slice("sheet".length)}.xml`;
      kept.set(`xl/${own}`, comments);
      kept.set(`xl/worksheets/_rels/${sheet}.xml.rels`, relationship(`../${own}`));
    }
  }
  return kept;
}

const MERGES_AT_MOST = 500;
const MERGED_AT_MOST = 500;

/** Drops a merge of more cells than a table has, and every one beyond the first hundreds. */
function withSmallMerges(sheet: Buffer): Buffer {
  let count = 0;
  const text = sheet.toString("utf8").replace(/<mergeCell\s[^>]*>/g, (merge) => {
    const [, left = "", top = 0, right = "", bottom = 0] =
      /ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/.exec(merge) ?? [];
    const cells = (columnOf(right) - columnOf(left) + 1) * (Number(bottom) - Number(top) + 1);
    count += 1;
    return count <= MERGES_AT_MOST && cells > 1 && cells <= MERGED_AT_MOST ? merge : "";
  });
  return Buffer.from(text);
}

const columnOf = (letters: string): number =>
  [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0);

const COMMENTS_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";

/** Writers name and shape the comments of a sheet in several ways; ExcelJS reads one: runs, in commentsN.xml. */
function commentsOf(sheet: string, parts: ReadonlyMap<string, Buffer>): Buffer | null {
  const relations = textOf(parts, `xl/worksheets/_rels/${sheet}.xml.rels`).match(/<Relationship\s[^>]*>/g) ?? [];
  const link = relations.find((each) => each.includes(`"${COMMENTS_TYPE}"`));
  const target = link && /\sTarget="([^"]+)"/.exec(link)?.[1];
  if (!target) return null;
  const part = textOf(parts, posix.resolve("/xl/worksheets", target).slice(1));
  const comments = [...part.matchAll(/<comment\s[^>]*\bref="([A-Z]+\d+)"[^>]*>([\s\S]*?)<\/comment>/g)].map(
    ([, ref, body = ""]) => {
      const said = [...body.matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/g)].map((run) => run[1]).join("");
      return `<comment ref="${ref}"><text><r><t>${said}</t></r></text></comment>`;
    },
  );
  return Buffer.from(`<comments><commentList>${comments.join("")}</commentList></comments>`);
}

function relationship(target: string): Buffer {
  const space = "http://schemas.openxmlformats.org/package/2006/relationships";
  const link = `<Relationship Id="rId1" Type="${COMMENTS_TYPE}" Target="${target}"/>`;
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${space}">${link}</Relationships>`);
}

const textOf = (parts: ReadonlyMap<string, Buffer>, name: string): string => parts.get(name)?.toString("utf8") ?? "";
