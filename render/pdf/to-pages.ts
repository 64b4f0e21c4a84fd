import { RenderError } from "../render-error";
import type { ReportDocument } from "../report-document";
import { RENDERS_REMEMBERED } from "./compiler";
import { OUTLINE_UNIT, glyphOutline } from "./glyph-outline";
import { type PdfOptions, pageSource } from "./page-source";

/**
 * The printed report's pages as pictures, one SVG a page, the same layout as `toPdf`. Each stands alone: its letters are
 * outlines in it, without script, style or address; its ids begin with the page's number, so that two may stand in one
 * HTML page. Equal input gives equal bytes, and a page that an edit does not reach keeps its own. Throws as `toPdf`.
 */
export async function toPages(document: ReportDocument, options: PdfOptions = {}): Promise<string[]> {
  const { compiler, source } = pageSource(document, options);
  try {
    return splitPages(compiler.svg(source));
  } catch (error) {
    throw new RenderError("pdf-failed", [error instanceof Error ? error.message : String(error)]);
  } finally {
    compiler.evictCache(RENDERS_REMEMBERED);
  }
}

/** The compiler draws all pages into one picture with a common store of letters and with texts to select over them. */
function splitPages(drawing: string): string[] {
  const [store = "", ...pages] = drawing.split(/<g class="typst-page"[^>]*?(?=data-page-width)/u);
  const outlines = new Map<string, string>();
  for (const [, id = "", path = ""] of store.matchAll(/<path id="([^"]+)"[^>]*? d="([^"]*)"/g)) outlines.set(id, path);
  return pages.map((page, index) => onePage(page, index + 1, outlines));
}

function onePage(page: string, number: number, outlines: ReadonlyMap<string, string>): string {
  const [, width = "", height = ""] = /^data-page-width="(\d+)" data-page-height="(\d+)"/.exec(page) ?? [];
  const [across, down] = Number(width) < Number(height) ? [SHORT, LONG] : [LONG, SHORT];
  const letters = new Map<string, string>();
  const nameOf = (id: string): string => {
    const name = letters.get(id) ?? `p${number}-${letters.size}`;
    letters.set(id, name);
    return name;
  };
  const drawn = drawnOn(page.slice(page.indexOf(">") + 1), (id) => (outlines.has(id) ? nameOf(id) : null));
  const store = [...letters].map(
    ([id, name]) =>
      `<path id="${name}" transform="scale(${OUTLINE_UNIT})" d="${glyphOutline(id, outlines.get(id) ?? "")}"/>`,
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${across} ${down}">` +
    `<defs>${store.join("")}</defs><rect width="${across}" height="${down}" fill="#fff"/>${drawn}</svg>`
  );
}

/** A4 in points. */
const SHORT = 595.28;
const LONG = 841.89;

/**
 * The page's drawing without texts to select, marks for the compiler's own viewer and groups of nothing. `letter` names an
 * outline, or says null of one that is blank (a space). In one pass: a report's drawing is of some megabytes.
 */
function drawnOn(page: string, letter: (id: string) => string | null): string {
  const out: string[] = [];
  const open: { tag: string; isDrawn: boolean }[] = [];
  const draw = (tag: string): void => {
    for (const group of open) {
      if (!group.isDrawn) out.push(group.tag);
      group.isDrawn = true;
    }
    out.push(tag);
  };
  let inText = 0;
  for (const [tag, end, name, attributes = ""] of page.matchAll(/<(\/?)([\w:]+)([^>]*)>/g)) {
    if (name === "foreignObject") inText += end ? -1 : 1;
    else if (inText > 0 || name === "svg") continue;
    else if (name === "g" && !end) open.push({ tag: `<g${kept(attributes)}>`, isDrawn: false });
    else if (name === "g") {
      if (open.pop()?.isDrawn) out.push(tag);
    } else if (name === "use") {
      const [, x = "0", y = "0", id = ""] = /^ x="([^"]*)" y="([^"]*)" href="#([^"]*)"/.exec(attributes) ?? [];
      const known = letter(id);
      if (known) draw(`<use${x === "0" ? "" : ` x="${x}"`}${y === "0" ? "" : ` y="${y}"`} href="#${known}"/>`);
    } else draw(`<${name}${kept(attributes)}>`);
  }
  return out.join("");
}

const kept = (attributes: string): string => attributes.replace(/ (?:data-[a-z]+|class)="[^"]*"/g, "");
