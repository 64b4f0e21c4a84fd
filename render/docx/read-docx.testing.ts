import { strFromU8, unzipSync } from "fflate";
import {
  childNamed,
  descendants,
  elementsIn,
  isElement,
  parseXml,
  valueOf,
  type XmlElement,
} from "../../domain/import/files/xml-tree";

/** The parts of a .docx as text, by path. */
export function partsOf(bytes: Uint8Array): Record<string, string> {
  return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, part]) => [path, strFromU8(part)]));
}

export function partOf(bytes: Uint8Array, path: string): XmlElement {
  const part = unzipSync(bytes)[path];
  if (!part) throw new Error(`no ${path}`);
  return parseXml(part);
}

export const bodyOf = (bytes: Uint8Array): XmlElement => {
  const body = childNamed(partOf(bytes, "word/document.xml"), "w:body");
  if (!body) throw new Error("no body");
  return body;
};

export const allNamed = (parent: XmlElement, name: string): XmlElement[] => [...descendants(parent, name)];

export const styleOf = (paragraph: XmlElement): string | undefined =>
  valueOf(childNamed(paragraph, "w:pPr"), "w:pStyle");

/** What a paragraph, or anything else, says; a line break is one. */
export function wordsIn(element: XmlElement): string {
  if (element.name === "w:br") return "\n";
  if (element.name === "w:t" || element.name === "w:delText") return element.children.join("");
  return elementsIn(element).map(wordsIn).join("");
}

/**
 * Takes all changes, or none: an implementation of its own, after ECMA-376 17.13.5, to hold the file against. A paragraph
 * whose mark goes is joined with the next.
 */
export function resolved(body: XmlElement, take: "accept" | "reject"): string[] {
  const gone = take === "accept" ? ["w:del", "w:moveFrom"] : ["w:ins", "w:moveTo"];
  const lines: string[] = [];
  let joined = "";
  const words = (element: XmlElement): string => {
    if (gone.includes(element.name)) return "";
    if (element.name === "w:t" || element.name === "w:delText") return element.children.join("");
    return elementsIn(element).map(words).join("");
  };
  for (const element of elementsIn(body)) {
    if (element.name === "w:p") {
      const mark = childNamed(childNamed(element, "w:pPr"), "w:rPr");
      joined += words({
        ...element,
        children: element.children.filter((child) => !isElement(child) || child.name !== "w:pPr"),
      });
      if (elementsIn(mark).some(({ name }) => gone.includes(name))) continue;
      lines.push(joined);
      joined = "";
    } else if (element.name === "w:tbl") {
      const rows = elementsIn(element).filter((row) => {
        const properties = childNamed(row, "w:trPr");
        return row.name === "w:tr" && !gone.some((name) => childNamed(properties, name));
      });
      const cellGone = take === "accept" ? "w:cellDel" : "w:cellIns";
      lines.push(
        ...rows.map((row) =>
          elementsIn(row)
            .filter((cell) => cell.name === "w:tc" && !childNamed(childNamed(cell, "w:tcPr"), cellGone))
            .map(words)
            .join("\t"),
        ),
      );
    }
  }
  if (joined !== "") lines.push(joined);
  return lines.filter((line) => line !== "");
}
