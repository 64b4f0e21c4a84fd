import { editionName } from "../../domain/edition/mark";
import type { EditionMark } from "../edition-mark";
import { markAlt, markSvg, markWords } from "../mark-words";
import type { ReportDocument } from "../report-document";
import { FILE_STYLE } from "./file-style";
import { escapeHtml, toArticleHtml } from "./to-html";

/**
 * The report as one HTML file that needs nothing beside it: no script, no request to anywhere (its own policy forbids
 * both), the official look on screen and on paper. What an edition says of itself stands apart from the report's words,
 * under the title and at the end, in elements of class `mark`.
 */
export function toHtmlFile(document: ReportDocument, { mark }: { mark?: EditionMark } = {}): string {
  const underTitle = mark && markWords(mark).underTitle;
  const article = toArticleHtml(document, {
    merged: true,
    ...(underTitle ? { underTitle: `<p class="mark">${escapeHtml(underTitle)}</p>` } : {}),
  });
  return [
    "<!doctype html>",
    '<html lang="zh-CN">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(mark ? editionName({ ...mark, name: document.report.name }) : document.report.name)}</title>`,
    `<style>${FILE_STYLE}</style>`,
    "</head>",
    "<body>",
    "<main>",
    article.trimEnd(),
    ...(mark ? [markHtml(mark)] : []),
    "</main>",
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function markHtml(mark: EditionMark): string {
  const { head, lines, correction } = markWords(mark);
  return [
    '<footer class="mark">',
    `<div role="img" aria-label="${escapeHtml(markAlt(mark))}">${markSvg(mark)}</div>`,
    "<div>",
    ...(correction ? [`<p class="notice">${escapeHtml(correction)}</p>`] : []),
    `<p>${escapeHtml(head)}</p>`,
    ...lines.map(
      ({ label, value }) => `<p>${escapeHtml(label)}：${value === mark.url ? linkTo(value) : escapeHtml(value)}</p>`,
    ),
    "</div>",
    "</footer>",
  ].join("\n");
}

const linkTo = (url: string): string => `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;
