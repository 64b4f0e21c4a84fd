import { readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { escapeHtml, toArticleHtml, toOutline } from "../../../../render/html/to-html";
import type { ReportDocument } from "../../../../render/report-document";

export type ReadingWords = Record<
  "locale" | "brand" | "back" | "outline" | "seal" | "print" | "skip" | "hash" | "title" | "verify" | "compare",
  string
> & {
  superseded: { text: string; open: string } | null;
  correction: string | null;
  /** The heading of the files, and what each is called. */
  files: string;
  formats: Record<string, string>;
};

/** `newer`: the delivered edition that takes its place, with its address where the reader has been given that one too. */
type Edition = {
  id: string;
  name: string;
  sha256: string;
  code: string;
  document: ReportDocument;
  delivered: boolean;
  newer: { number: number; id: string | null } | null;
  /** What it says of itself as a correction. */
  notice: string | null;
};
export type Packed = { gzip: Buffer; plain: Buffer; etag: string };

/** The whole page as bytes, made once for each edition and language: a sealed text never changes. */
export function packReadingPage(edition: Edition, words: ReadingWords): Packed {
  const plain = Buffer.from(readingHtml(edition, words));
  return {
    plain,
    gzip: gzipSync(plain, { level: 9 }),
    etag: `"${edition.sha256.slice(0, 24)}-${edition.code}-${edition.delivered ? "d" : "s"}${newerKey(edition)}-${words.locale}-${STYLESHEET.slice(8, 18)}"`,
  };
}

/** What changes on the page of a sealed text: whether another one has taken its place, and whether it leads there. */
export const newerKey = ({ newer }: Pick<Edition, "newer">): string =>
  newer === null ? "" : `-${newer.number}${newer.id === null ? "" : "r"}`;

/** Made by cli/reading-css.ts at build time. */
const STYLESHEET =
  readdirSync(join(process.cwd(), "public")).find((name) => /^reading-.*\.css$/.test(name)) ?? "reading-none.css";

function readingHtml(edition: Edition, words: ReadingWords): string {
  const e = escapeHtml;
  const items = toOutline(edition.document)
    .map(
      (item) =>
        `<li data-level="${item.level}"><a href="#${e(item.id)}">${e(item.number)}${item.number === "附件" ? "　" : ""}${e(item.short)}</a></li>`,
    )
    .join("");
  return `<!doctype html>
<html lang="${e(words.locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${e(edition.name)} · ${e(words.brand)}</title>
<link rel="stylesheet" href="/${STYLESHEET}">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
</head>
<body>
<a href="#content" class="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-white focus:px-3.5 focus:py-2">${e(words.skip)}</a>
<header class="flex min-h-13 flex-wrap items-center gap-x-7 gap-y-1 border-b border-line bg-paper px-4 sm:px-5 print:hidden">
<a href="/desk" class="flex min-h-11 items-center"><span class="mark">${e(words.brand)}</span></a>
<span class="seal">${e(words.seal)}</span>
<span class="ml-auto flex gap-5"><a class="link inline-flex min-h-11 items-center" href="/api/editions/${e(edition.id)}/pdf">${e(words.print)}</a><a class="link inline-flex min-h-11 items-center" href="/compare/${e(edition.id)}">${e(words.compare)}</a><a class="link inline-flex min-h-11 items-center" href="/desk">${e(words.back)}</a></span>
</header>
<div class="reading">
<nav aria-label="${e(words.outline)}" class="reading-nav"><ol>${items}</ol></nav>
<details class="reading-contents"><summary>${e(words.outline)}</summary><ol>${items}</ol></details>
<main id="content" tabindex="-1" class="reading-main${edition.delivered ? " doc-delivered" : ""}">
${noticesHtml(edition, words)}${toArticleHtml(edition.document)}
<nav aria-label="${e(words.files)}" class="mx-auto mt-16 flex max-w-160 flex-wrap items-center justify-center gap-x-5 text-sm text-ink-soft print:hidden"><span>${e(words.files)}</span>${filesHtml(edition, words)}</nav>
<p class="mx-auto max-w-160 text-center text-sm break-all text-ink-soft">${e(words.hash)} ${e(edition.sha256)}</p>
<p class="mx-auto max-w-160 text-center text-sm text-ink-soft"><a class="link inline-flex min-h-11 items-center" href="/verify/${e(edition.code)}">${e(words.verify)}</a></p>
</main>
</div>
</body>
</html>
`;
}

/** The files that offices work with; one without a table has no workbook. */
const filesHtml = ({ id, document }: Edition, { formats }: ReadingWords): string =>
  ["pdf", "docx", ...(document.indicators ? ["xlsx"] : []), "html"]
    .map(
      (format) =>
        `<a class="link inline-flex min-h-11 items-center" href="/api/editions/${escapeHtml(id)}/${format}">${escapeHtml(formats[format] ?? format)}</a>`,
    )
    .join("");

/** What stands before the text: that another edition has taken its place, and what this one corrects and why. */
function noticesHtml(edition: Edition, { superseded, correction }: ReadingWords): string {
  const e = escapeHtml;
  const box = (words: string, more: string) =>
    `<div role="note" class="mx-auto mb-6 max-w-160 border border-mark-line bg-mark px-4 py-2"><p class="font-semibold">${e(words)}</p>${more}</div>`;
  const open =
    superseded && edition.newer?.id
      ? `<p><a class="link inline-flex min-h-11 items-center" href="/editions/${e(edition.newer.id)}">${e(superseded.open)}</a></p>`
      : "";
  return [
    superseded ? box(superseded.text, open) : "",
    correction && edition.notice ? box(correction, `<p class="whitespace-pre-wrap">${e(edition.notice)}</p>`) : "",
  ].join("");
}

/** For what cannot be shown: the same quiet page, with a sentence and a way back. */
export function plainPage(title: string, text: string, link: { href: string; label: string }, locale: string): string {
  const e = escapeHtml;
  return `<!doctype html><html lang="${e(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${e(title)}</title><link rel="stylesheet" href="/${STYLESHEET}"></head><body><main class="mx-auto max-w-160 px-6 py-20"><h1 class="text-xl font-semibold">${e(title)}</h1><p class="mt-3 text-ink-soft">${e(text)}</p><p class="mt-6"><a class="link" href="${e(link.href)}">${e(link.label)}</a></p></main></body></html>`;
}
