import { posix } from "node:path";
import { WorkbookRefused } from "../../indicator/files/workbook-refusal";
import { unpacked, zipEntries } from "../../indicator/files/zip-parts";
import { ImportRefused, type ImportRefusalKey } from "../import-refusal";
import { childrenNamed, parseXml, type XmlElement } from "./xml-tree";

/** The parts of a .docx that hold text, or say how its lists are numbered. Headers and footers are not among them. */
export type DocxParts = { document: XmlElement } & { [part in OtherPart]?: XmlElement };

const OTHER_PARTS = ["styles", "numbering", "footnotes", "endnotes", "comments"] as const;
type OtherPart = (typeof OTHER_PARTS)[number];

/** Opens a zip file that should be a .docx. Only what is measured is read. Throws ImportRefused. */
export async function openDocx(bytes: Uint8Array): Promise<DocxParts> {
  try {
    return await open(bytes);
  } catch (error) {
    if (error instanceof WorkbookRefused) throw new ImportRefused(ZIP_REFUSALS[error.key] ?? "damaged", error.params);
    throw error;
  }
}

const ZIP_REFUSALS: { [key in WorkbookRefused["key"]]?: ImportRefusalKey } = {
  encrypted: "encrypted",
  "too-much-inside": "too-much-inside",
};

const CONTENT_TYPES = "[Content_Types].xml";
const ROOT_RELATIONS = "_rels/.rels";

async function open(bytes: Uint8Array): Promise<DocxParts> {
  const entries = new Map(zipEntries(bytes).map((entry) => [entry.name, entry]));
  if (!entries.has(CONTENT_TYPES) || !entries.has(ROOT_RELATIONS)) throw new ImportRefused("not-document");
  const read = (names: readonly string[]): Promise<Map<string, Buffer>> =>
    unpacked(
      bytes,
      [...entries.values()].filter(({ name }) => names.includes(name)),
    );
  const outer = await read([CONTENT_TYPES, ROOT_RELATIONS]);
  const hasMacros = [...entries.keys()].some((name) => /(?:^|\/)vbaProject\.bin$/i.test(name));
  if (hasMacros || /macroEnabled/i.test(outer.get(CONTENT_TYPES)?.toString("utf8") ?? "")) {
    throw new ImportRefused("macros");
  }
  const main = targetOf(relationsIn(outer.get(ROOT_RELATIONS)), "officeDocument", "");
  if (main === undefined || !entries.has(main)) throw new ImportRefused("not-document");
  const folder = posix.dirname(main);
  const relationsPart = posix.join(folder, "_rels", `${posix.basename(main)}.rels`);
  const relations = relationsIn((await read([relationsPart])).get(relationsPart));
  const targets = OTHER_PARTS.map((part) => [part, targetOf(relations, part, folder)] as const);
  const parts = await read([main, ...targets.flatMap(([, target]) => target ?? [])]);
  return {
    document: documentIn(parts.get(main)),
    ...Object.fromEntries(
      targets.flatMap(([part, target]) => {
        const found = target === undefined ? undefined : parts.get(target);
        return found ? [[part, parseXml(found)]] : [];
      }),
    ),
  };
}

function documentIn(part: Buffer | undefined): XmlElement {
  const root = part && parseXml(part);
  // A workbook and a presentation have a main part too.
  if (root?.name !== "w:document") throw new ImportRefused("not-document");
  return root;
}

type Relation = { type: string; target: string };

function relationsIn(part: Buffer | undefined): Relation[] {
  if (!part) return [];
  return childrenNamed(parseXml(part), "Relationship")
    .filter(({ attributes }) => attributes["TargetMode"] !== "External")
    .map(({ attributes }) => ({ type: attributes["Type"] ?? "", target: attributes["Target"] ?? "" }));
}

/** The name of the part that a relation of this type leads to, within the zip file. */
function targetOf(relations: readonly Relation[], type: string, folder: string): string | undefined {
  const relation = relations.find((each) => each.type.endsWith(`/${type}`));
  return relation && posix.resolve("/", folder, relation.target).slice(1);
}
