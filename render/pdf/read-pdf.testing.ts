import { getDocument, OPS, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

/** A run of text as it stands on a page: millimetres from the upper left corner to its baseline's start. */
export type PrintedRun = {
  text: string;
  x: number;
  y: number;
  width: number;
  /** In points. */
  size: number;
  /** PostScript name without the subset's letters: FandolFang-Regular. */
  font: string;
  isUpright: boolean;
};
export type PrintedPage = { width: number; height: number; runs: PrintedRun[]; tags: string[] };
export type PrintedLine = { text: string; x: number; y: number; end: number; runs: PrintedRun[] };

const MM = 25.4 / 72;

/** What an independent reader (pdf.js) finds on each page. Runs without a visible character are left out. */
export async function readPdf(bytes: Uint8Array): Promise<PrintedPage[]> {
  const file = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 }).promise;
  try {
    const pages: PrintedPage[] = [];
    for (let number = 1; number <= file.numPages; number++) pages.push(await readPage(await file.getPage(number)));
    return pages;
  } finally {
    await file.destroy();
  }
}

/** The bookmarks, each with its depth from 0. */
export async function readBookmarks(bytes: Uint8Array): Promise<{ title: string; depth: number }[]> {
  const file = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const found: { title: string; depth: number }[] = [];
  const walk = (items: Awaited<ReturnType<typeof file.getOutline>>, depth: number): void => {
    for (const item of items) {
      found.push({ title: item.title, depth });
      walk(item.items, depth + 1);
    }
  };
  walk((await file.getOutline()) ?? [], 0);
  await file.destroy();
  return found;
}

async function readPage(page: PDFPageProxy): Promise<PrintedPage> {
  // The fonts' names are known once the page's drawing has been read.
  const drawing = await page.getOperatorList();
  if (!drawing.fnArray.includes(OPS.setFont) && drawing.fnArray.length === 0) throw new Error("an empty page");
  const [, , width = 0, height = 0] = page.view;
  const content = await page.getTextContent({ disableNormalization: true });
  const runs = content.items.flatMap((item): PrintedRun[] => {
    if (!("str" in item) || item.str.trim() === "") return [];
    const [a = 0, b = 0, , , x = 0, y = 0] = item.transform as number[];
    const name = (page.commonObjs.get(item.fontName) as { name: string }).name;
    return [
      {
        text: item.str,
        x: x * MM,
        y: (height - y) * MM,
        width: item.width * MM,
        size: Math.hypot(a, b),
        font: name.replace(/^[A-Z]{6}\+/, "").replace(/-Identity-H$/, ""),
        isUpright: b === 0,
      },
    ];
  });
  const tags = tagsIn(await page.getStructTree());
  page.cleanup();
  return { width: width * MM, height: height * MM, runs, tags };
}

/** The roles of a page's structure in reading order, a picture's with its words. */
function tagsIn(tree: unknown): string[] {
  if (typeof tree !== "object" || tree === null || !("children" in tree) || !Array.isArray(tree.children)) return [];
  const role = "role" in tree ? String(tree.role) : "";
  const alt = "alt" in tree ? `: ${String(tree.alt)}` : "";
  return [role + alt, ...tree.children.flatMap(tagsIn)];
}

/** Runs of one baseline, left to right, lines from the top. */
export function linesOf(runs: readonly PrintedRun[]): PrintedLine[] {
  const lines: PrintedRun[][] = [];
  for (const run of [...runs].sort((a, b) => a.y - b.y || a.x - b.x)) {
    const line = lines.at(-1);
    if (line?.[0] && Math.abs(line[0].y - run.y) < 0.3) line.push(run);
    else lines.push([run]);
  }
  return lines.map((line) => {
    const inOrder = line.sort((a, b) => a.x - b.x);
    const end = Math.max(...line.map((run) => run.x + run.width));
    return {
      text: inOrder.map((run) => run.text).join(""),
      x: inOrder[0]?.x ?? 0,
      y: inOrder[0]?.y ?? 0,
      end,
      runs: inOrder,
    };
  });
}
