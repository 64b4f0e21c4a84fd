import { FACES } from "./faces";
import { MARGIN, NUMBER_CELL, SHEET } from "./measures";
import { STYLE } from "./styles";

/** — 1 — in 四号 宋体, the number a field: odd pages right, even pages left, one character in. */
export function footerXml(side: "odd" | "even"): string {
  return part(
    `<w:p><w:pPr><w:pStyle w:val="${STYLE.footer}"/><w:jc w:val="${side === "odd" ? "right" : "left"}"/></w:pPr>${NUMBER}</w:p>`,
  );
}

/**
 * A landscape sheet is bound with the others, so its number stays where theirs are: at the upright sheet's foot, which is
 * the landscape sheet's left edge. It is turned a quarter in a text box, as one does by hand.
 */
export function sidewaysFooterXml(side: "odd" | "even"): string {
  const top = side === "odd" ? SHEET.short - MARGIN.right - NUMBER_CELL - BOX.height : MARGIN.left + NUMBER_CELL;
  const left = MARGIN.bottom - SEVEN_MM - BOX.width / 2;
  const extent = `cx="${emu(BOX.width)}" cy="${emu(BOX.height)}"`;
  return part(
    `<w:p><w:pPr><w:pStyle w:val="${STYLE.footer}"/></w:pPr><w:r><w:rPr>${FONT}</w:rPr><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>${emu(left)}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>${emu(top)}</wp:posOffset></wp:positionV><wp:extent ${extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="${side === "odd" ? 101 : 102}" name="${side === "odd" ? "单页码" : "双页码"}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent><w:p><w:pPr><w:pStyle w:val="${STYLE.footer}"/><w:ind w:left="0" w:right="0"/><w:jc w:val="${side === "odd" ? "right" : "left"}"/></w:pPr>${NUMBER}</w:p></w:txbxContent></wps:txbx><wps:bodyPr rot="0" vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr" anchorCtr="0"><a:noAutofit/></wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>`,
  );
}

const SEVEN_MM = 397;
/** Room for — 1000 — on its side. */
const BOX = { width: 400, height: 1700 } as const;
const emu = (twips: number): number => Math.round(twips * 635);

const FONT = `<w:rFonts w:ascii="${FACES.song}" w:eastAsia="${FACES.song}" w:hAnsi="${FACES.song}" w:cs="${FACES.song}" w:hint="eastAsia"/>`;
const run = (content: string): string => `<w:r><w:rPr>${FONT}</w:rPr>${content}</w:r>`;
const words = (text: string): string => run(`<w:t xml:space="preserve">${text}</w:t>`);
const NUMBER = [
  words("— "),
  run('<w:fldChar w:fldCharType="begin"/>'),
  run('<w:instrText xml:space="preserve"> PAGE </w:instrText>'),
  run('<w:fldChar w:fldCharType="separate"/>'),
  words("1"),
  run('<w:fldChar w:fldCharType="end"/>'),
  words(" —"),
].join("");

const part = (content: string): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">${content}</w:ftr>`;
