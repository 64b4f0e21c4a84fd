import {
  DocumentGridType,
  type FileChild,
  Footer,
  Header,
  type ISectionOptions,
  PageOrientation,
  Paragraph,
  SectionType,
} from "docx";
import { footerXml, sidewaysFooterXml } from "./page-footers";
import { CELL_SPACING, FOOTER, LINE, MARGIN, SHEET } from "./measures";
import { STYLE } from "./styles";
import { textRun } from "./text-run";

export type Content = { text: FileChild[]; annexes: FileChild[]; header?: string };
export type Sections = { sections: ISectionOptions[]; parts: Record<string, string> };

/** Upright sheets on the grid and, where there are annexes, landscape ones; and the parts of their page numbers. */
export function pageSections({ text, annexes, header }: Content): Sections {
  const headers = header === undefined ? {} : { headers: { default: headerOf(header), even: headerOf(header) } };
  const upright: ISectionOptions = {
    ...headers,
    footers: { default: new Footer({ children: [] }), even: new Footer({ children: [] }) },
    properties: {
      page: { size: { width: SHEET.short, height: SHEET.long }, margin: { ...MARGIN, ...EDGES } },
      grid: { type: DocumentGridType.LINES_AND_CHARS, linePitch: LINE, charSpace: CELL_SPACING },
    },
    children: text,
  };
  const parts = { "word/footer1.xml": footerXml("odd"), "word/footer2.xml": footerXml("even") };
  if (annexes.length === 0) return { sections: [upright], parts };
  const landscape: ISectionOptions = {
    ...headers,
    footers: { default: new Footer({ children: [] }), even: new Footer({ children: [] }) },
    properties: {
      type: SectionType.NEXT_PAGE,
      page: {
        // The library turns width and height for a landscape sheet.
        size: { width: SHEET.short, height: SHEET.long, orientation: PageOrientation.LANDSCAPE },
        // The upright sheet's margins, turned with it.
        margin: { top: MARGIN.left, right: MARGIN.top, bottom: MARGIN.right, left: MARGIN.bottom, ...EDGES },
      },
      // A table's figures keep their own distances.
      grid: { type: DocumentGridType.LINES, linePitch: LINE },
    },
    children: annexes,
  };
  return {
    sections: [upright, landscape],
    parts: {
      ...parts,
      "word/footer3.xml": sidewaysFooterXml("odd"),
      "word/footer4.xml": sidewaysFooterXml("even"),
    },
  };
}

const EDGES = { header: 851, footer: FOOTER, gutter: 0 } as const;

const headerOf = (words: string): Header =>
  new Header({ children: [new Paragraph({ style: STYLE.header, children: [textRun(words, "song")] })] });
