import { childNamed, childrenNamed, valueOf, type XmlElement } from "./xml-tree";

/** What a paragraph's style says, by its own words or those of the styles that it is based on. */
export type ParagraphStyle = {
  names: readonly string[];
  /** As Word counts: 0 is the first level of headings, 9 is body text. */
  outline: number | undefined;
  align: string | undefined;
  font: string | undefined;
  bold: boolean;
  list: { id: string | undefined; level: number | undefined };
  /** The style's own id and those below it: levels of lists are tied to them. */
  ids: readonly string[];
};

export type Styles = {
  paragraph(id: string | undefined): ParagraphStyle;
  isBold(characterStyle: string | undefined): boolean;
};

export function readStyles(part: XmlElement | undefined): Styles {
  const named = new Map<string, XmlElement>();
  for (const style of childrenNamed(part, "w:style")) named.set(style.attributes["w:styleId"] ?? "", style);
  const defaults = childNamed(part, "w:docDefaults");
  const defaultRun = childNamed(childNamed(defaults, "w:rPrDefault"), "w:rPr");
  const defaultStyle = childrenNamed(part, "w:style").find(
    ({ attributes }) => attributes["w:type"] === "paragraph" && isOn(attributes["w:default"], false),
  );
  const chain = (id: string | undefined): XmlElement[] => {
    const styles: XmlElement[] = [];
    for (let at = id; at !== undefined && styles.length < LONGEST_CHAIN;) {
      const style = named.get(at);
      if (!style) break;
      styles.push(style);
      at = valueOf(style, "w:basedOn");
    }
    return styles;
  };
  const known = new Map<string | undefined, ParagraphStyle>();
  return {
    paragraph(id) {
      const own = id ?? defaultStyle?.attributes["w:styleId"];
      const found = known.get(own) ?? paragraphStyle(chain(own), defaultRun);
      known.set(own, found);
      return found;
    },
    isBold: (id) => chain(id).some((style) => boldOf(childNamed(style, "w:rPr")) === true),
  };
}

/** A property that is on by standing there, unless it says otherwise. */
export const isOn = (value: string | undefined, present = true): boolean =>
  value === undefined ? present : !["0", "false", "off"].includes(value);

/** Null where nothing is said of it. */
export function boldOf(properties: XmlElement | undefined): boolean | null {
  const bold = childNamed(properties, "w:b");
  return bold ? isOn(bold.attributes["w:val"]) : null;
}

export const fontOf = (properties: XmlElement | undefined): string | undefined =>
  childNamed(properties, "w:rFonts")?.attributes["w:eastAsia"];

export function numberOf(value: string | undefined): number | undefined {
  const number = value === undefined ? Number.NaN : Number.parseInt(value, 10);
  return Number.isNaN(number) ? undefined : number;
}

/** Styles are based on one another a few levels deep, and not in a circle. */
const LONGEST_CHAIN = 20;

function paragraphStyle(chain: readonly XmlElement[], defaultRun: XmlElement | undefined): ParagraphStyle {
  const properties = chain.map((style) => childNamed(style, "w:pPr"));
  const runs = chain.map((style) => childNamed(style, "w:rPr"));
  const first = <T>(found: readonly (T | undefined)[]): T | undefined => found.find((each) => each !== undefined);
  const lists = properties.map((each) => childNamed(each, "w:numPr"));
  return {
    names: chain.map((style) => valueOf(style, "w:name") ?? ""),
    outline: first(properties.map((each) => numberOf(valueOf(each, "w:outlineLvl")))),
    align: first(properties.map((each) => valueOf(each, "w:jc"))),
    font: first([...runs, defaultRun].map(fontOf)),
    bold: first([...runs, defaultRun].map((each) => boldOf(each) ?? undefined)) ?? false,
    list: {
      id: first(lists.map((each) => valueOf(each, "w:numId"))),
      level: first(lists.map((each) => numberOf(valueOf(each, "w:ilvl")))),
    },
    ids: chain.map((style) => style.attributes["w:styleId"] ?? ""),
  };
}
