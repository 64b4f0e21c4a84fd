import { type IFontAttributesProperties, type IRunOptions, TextRun } from "docx";
import { FACES, type Face } from "./faces";

/**
 * All fonts of a run by name. The hint is for the characters that stand in both alphabets, “ ” — …: without it Word sets
 * them in the Latin face, and as narrow.
 */
export function fontOf(face: Face): IFontAttributesProperties {
  const name = FACES[face];
  return { ascii: name, hAnsi: name, eastAsia: name, cs: name, hint: "eastAsia" };
}

type RunLook = Omit<IRunOptions, "text" | "font">;

export function textRun(text: string, face: Face, look: RunLook = {}): TextRun {
  return new TextRun({ ...look, text: wordText(text), font: fontOf(face) });
}

/** Lines of one paragraph, as by Shift+Enter. */
export function lineRuns(lines: readonly string[], face: Face, look: RunLook = {}): TextRun[] {
  return lines.map((line, index) => textRun(line, face, index > 0 ? { ...look, break: 1 } : look));
}

/** Without the characters that XML cannot hold (control characters, half surrogates); a line break is a space. */
export function wordText(text: string): string {
  return (
    text
      .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " ")
      // oxlint-disable-next-line no-control-regex
      .replace(/[\0-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]|\p{Surrogate}/gu, "")
  );
}
