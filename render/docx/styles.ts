import { FACES, type Face } from "./faces";
import { CELL, LINE, NUMBER_CELL, NUMBER_LINE } from "./measures";

/** Styles of paragraphs, by id. Word finds its own (headings, title …) by id and by their English names. */
export const STYLE = {
  title: "Title",
  kind: "EditionKind",
  delivery: "DeliveryLine",
  speaker: "Speaker",
  salutation: "Salutation",
  heading1: "Heading1",
  heading2: "Heading2",
  body: "ReportBody",
  item: "ReportItem",
  point: "ReportPoint",
  bullet: "ReportBullet",
  annexNames: "AnnexNames",
  annexLabel: "AnnexLabel",
  annexTitle: "AnnexTitle",
  tableHead: "TableHead",
  tableText: "TableText",
  gap: "TableGap",
  mark: "EditionMark",
  footer: "Footer",
  header: "Header",
  comment: "CommentText",
} as const;

/** `outlineList` is the list that the headings' styles count in, or null where their numbers are typed. */
export function stylesXml(outlineList: number | null): string {
  const list = (level: number) =>
    outlineList === null ? "" : `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${outlineList}"/></w:numPr>`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr>${fonts("fang")}<w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>${[
    `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>${UNSNAPPED}<w:spacing w:line="${LINE}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr><w:rPr>${look("fang", 32)}</w:rPr></w:style>`,
    `<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>`,
    `<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`,
    `<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>`,
    style(
      STYLE.title,
      "Title",
      "公文标题",
      STYLE.body,
      KEEP + spaced(0, LINE, TITLE_HEIGHT) + CENTRED,
      look("title", 44),
    ),
    style(STYLE.kind, "版次", "", STYLE.delivery, KEEP + spaced(0, LINE) + CENTRED, look("kai", 32)),
    style(STYLE.delivery, "题注行", "", STYLE.speaker, CENTRED, look("kai", 32)),
    style(STYLE.speaker, "报告人", "", STYLE.salutation, CENTRED, look("kai", 32)),
    style(STYLE.salutation, "Salutation", "称谓", STYLE.body, spaced(LINE), look("fang", 32)),
    style(STYLE.heading1, "heading 1", "一级标题", STYLE.body, KEEP + list(0) + INDENTED + outline(0), look("hei", 32)),
    style(STYLE.heading2, "heading 2", "二级标题", STYLE.body, KEEP + list(1) + INDENTED + outline(1), look("kai", 32)),
    style(STYLE.body, "公文正文", "", STYLE.body, INDENTED, look("fang", 32)),
    style(STYLE.item, "三级条目", "", STYLE.body, INDENTED, look("fang", 32)),
    style(STYLE.point, "四级条目", "", STYLE.body, INDENTED, look("fang", 32)),
    style(STYLE.bullet, "要点", "", STYLE.bullet, INDENTED, look("fang", 32)),
    style(
      STYLE.annexNames,
      "附件说明",
      "",
      STYLE.body,
      `${spaced(LINE)}<w:ind w:leftChars="500" w:left="${5 * CELL}" w:hangingChars="300" w:hanging="${3 * CELL}"/><w:jc w:val="left"/>`,
      look("fang", 32),
    ),
    style(STYLE.annexLabel, "附件标识", "", STYLE.annexTitle, KEEP, look("hei", 32)),
    style(
      STYLE.annexTitle,
      "附件标题",
      "",
      STYLE.body,
      KEEP + spaced(LINE, 320, TITLE_HEIGHT) + CENTRED + outline(0),
      look("title", 44),
    ),
    style(STYLE.tableHead, "表头", "", STYLE.tableText, TABLE_LINE + CENTRED, UNSNAPPED_RUN("hei", 21)),
    style(STYLE.tableText, "表内文字", "", STYLE.tableText, TABLE_LINE + CENTRED, UNSNAPPED_RUN("song", 21)),
    style(STYLE.gap, "表后", "", STYLE.body, `<w:spacing w:line="20" w:lineRule="exact"/>`, look("fang", 2)),
    style(STYLE.mark, "成稿标识", "", STYLE.mark, `<w:keepLines/>${TABLE_LINE}${RIGHT}`, UNSNAPPED_RUN("song", 18)),
    style(
      STYLE.footer,
      "footer",
      "",
      STYLE.footer,
      `<w:spacing w:line="${NUMBER_LINE}" w:lineRule="exact"/><w:ind w:left="${NUMBER_CELL}" w:right="${NUMBER_CELL}"/><w:jc w:val="left"/>`,
      UNSNAPPED_RUN("song", 28),
    ),
    style(STYLE.header, "header", "", STYLE.header, TABLE_LINE + CENTRED, UNSNAPPED_RUN("song", 18)),
    style(
      STYLE.comment,
      "annotation text",
      "",
      STYLE.comment,
      `${TABLE_LINE}<w:jc w:val="left"/>`,
      UNSNAPPED_RUN("song", 21),
    ),
  ].join("")}</w:styles>`;
}

/** Which of a font's designs to take where it is not installed; no theme is in the file, so none can overrule them. */
export function fontTableXml(standIns: Readonly<Record<Face, string>>): string {
  const font = (face: Face) =>
    `<w:font w:name="${FACES[face]}"><w:altName w:val="${standIns[face]}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${FACE_NAMES.map(font).join("")}</w:fonts>`;
}

const FACE_NAMES = ["title", "hei", "kai", "fang", "song"] as const satisfies readonly Face[];

const KEEP = "<w:keepNext/><w:keepLines/>";
/**
 * Lines are 28.95 pt by themselves, whichever face stands in, and so 22 to a page; the grid sets the distance of the
 * characters. Where lines snapped to it, a face that is a little higher would take two of them.
 */
const UNSNAPPED = '<w:snapToGrid w:val="0"/>';
const CENTRED = '<w:jc w:val="center"/>';
const RIGHT = '<w:jc w:val="right"/>';
const INDENTED = `<w:ind w:firstLineChars="200" w:firstLine="${2 * CELL}"/>`;
/** 34 pt for 二号. */
const TITLE_HEIGHT = 680;

/** As high as the type wants: a fixed line cuts what a cell holds. */
const TABLE_LINE = `<w:spacing w:line="240" w:lineRule="auto"/>`;

const spaced = (before: number, after = 0, line = LINE): string =>
  `<w:spacing w:before="${before}" w:after="${after}" w:line="${line}" w:lineRule="exact"/>`;
const outline = (level: number): string => `<w:outlineLvl w:val="${level}"/>`;

const fonts = (face: Face): string =>
  `<w:rFonts w:ascii="${FACES[face]}" w:eastAsia="${FACES[face]}" w:hAnsi="${FACES[face]}" w:cs="${FACES[face]}" w:hint="eastAsia"/>`;
/** `size` in half points. The face's own weight: Word's headings are bold unless it is said. */
const look = (face: Face, size: number): string =>
  `${fonts(face)}<w:b w:val="0"/><w:bCs w:val="0"/><w:color w:val="auto"/><w:sz w:val="${size}"/><w:szCs w:val="${size}"/>`;
const UNSNAPPED_RUN = (face: Face, size: number): string =>
  look(face, size).replace("<w:color", '<w:snapToGrid w:val="0"/><w:color');

/** What Word calls a style of its own is in English and has the office's name beside. */
function style(id: string, name: string, alias: string, next: string, paragraph: string, run: string): string {
  const isOwn = /^[a-zA-Z]/.test(name);
  return `<w:style w:type="paragraph"${isOwn ? "" : ' w:customStyle="1"'} w:styleId="${id}"><w:name w:val="${name}"/>${
    alias === "" ? "" : `<w:aliases w:val="${alias}"/>`
  }<w:basedOn w:val="Normal"/><w:next w:val="${next}"/><w:qFormat/><w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr></w:style>`;
}
