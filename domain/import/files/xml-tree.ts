import { SaxesParser, type SaxesTagNS } from "saxes";
import { ImportRefused } from "../import-refusal";

/** `name` and the attributes' names carry the usual prefix of their namespace ("w:p"), whatever the file calls it. */
export type XmlElement = {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: (XmlElement | string)[];
};

/** Reads one part of a document. Throws ImportRefused "damaged" when it is not well-formed, or brings a DTD along. */
export function parseXml(bytes: Uint8Array): XmlElement {
  const root: XmlElement = { name: "", attributes: {}, children: [] };
  const open: XmlElement[] = [root];
  const parser = new SaxesParser({ xmlns: true });
  const refuse = (): never => {
    throw new ImportRefused("damaged");
  };
  parser.on("error", refuse);
  parser.on("doctype", refuse);
  parser.on("opentag", (tag) => {
    const element = elementOf(tag);
    open.at(-1)?.children.push(element);
    open.push(element);
    if (open.length > DEEPEST) refuse();
  });
  parser.on("closetag", () => void open.pop());
  const addText = (text: string): void => void open.at(-1)?.children.push(text);
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(decoded(bytes)).close();
  const element = root.children.find(isElement);
  return element ?? refuse();
}

export const isElement = (node: XmlElement | string): node is XmlElement => typeof node !== "string";

export const elementsIn = (parent: XmlElement | undefined): XmlElement[] => parent?.children.filter(isElement) ?? [];

export const childrenNamed = (parent: XmlElement | undefined, name: string): XmlElement[] =>
  elementsIn(parent).filter((child) => child.name === name);

export const childNamed = (parent: XmlElement | undefined, name: string): XmlElement | undefined =>
  elementsIn(parent).find((child) => child.name === name);

/** `w:val` of a child, the form in which most properties are said. */
export const valueOf = (parent: XmlElement | undefined, name: string): string | undefined =>
  childNamed(parent, name)?.attributes["w:val"];

/** Every element of that name below, however deep. */
export function* descendants(parent: XmlElement, name: string): Generator<XmlElement> {
  for (const child of elementsIn(parent)) {
    if (child.name === name) yield child;
    yield* descendants(child, name);
  }
}

/** Those of them that stand in no other of that name. */
export function* outermost(parent: XmlElement, name: string): Generator<XmlElement> {
  for (const child of elementsIn(parent)) {
    if (child.name === name) yield child;
    else yield* outermost(child, name);
  }
}

export const textIn = (element: XmlElement): string =>
  element.children.map((child) => (isElement(child) ? textIn(child) : child)).join("");

/** No program nests text as deeply; a file that does is made to break readers. */
const DEEPEST = 400;

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT = "http://purl.oclc.org/ooxml";
const PREFIXES: ReadonlyMap<string, string> = new Map([
  [W, "w"],
  [`${STRICT}/wordprocessingml/main`, "w"],
  ["http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"],
  [`${STRICT}/officeDocument/relationships`, "r"],
  ["http://schemas.openxmlformats.org/drawingml/2006/main", "a"],
  [`${STRICT}/drawingml/main`, "a"],
  ["http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"],
  [`${STRICT}/drawingml/wordprocessingDrawing`, "wp"],
  ["http://schemas.openxmlformats.org/officeDocument/2006/math", "m"],
  [`${STRICT}/officeDocument/math`, "m"],
  ["http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"],
  ["urn:schemas-microsoft-com:vml", "v"],
  ["", ""],
  ["http://schemas.openxmlformats.org/package/2006/relationships", ""],
  ["http://schemas.openxmlformats.org/package/2006/content-types", ""],
]);

function elementOf(tag: SaxesTagNS): XmlElement {
  const attributes: Record<string, string> = {};
  for (const { uri, local, value } of Object.values(tag.attributes)) attributes[nameOf(uri, local)] = value;
  return { name: nameOf(tag.uri, tag.local), attributes, children: [] };
}

function nameOf(uri: string, local: string): string {
  const prefix = PREFIXES.get(uri) ?? "other";
  return prefix === "" ? local : `${prefix}:${local}`;
}

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
