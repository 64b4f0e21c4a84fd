import { renderSVG } from "uqr";
import type { EditionMark } from "../edition-mark";
import type { ReportDocument } from "../report-document";
import { FILE_STYLE } from "./file-style";
import { escapeHtml, toArticleHtml } from "./to-html";

/**
 * The report as one HTML file that needs nothing beside it: no script, no request to anywhere (its own policy forbids
 * both), the official look on screen and on paper. What an edition says of itself stands apart from the report's words,
 * under the title and at the end, in elements of class `mark`.
 */
export function toHtmlFile(document: ReportDocument, { mark }: { mark?: EditionMark } = {}): string {
  const article = toArticleHtml(document, {
    merged: true,
    ...(mark?.underTitle ? { underTitle: `<p class="mark">（${escapeHtml(mark.kind)}）</p>` } : {}),
  });
  return [
    "<!doctype html>",
    '<html lang="zh-CN">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(mark ? `${document.report.name}（${mark.kind}第${mark.number}号）` : document.report.name)}</title>`,
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

function markHtml({ kind, number, date, code, url, sha256, correction }: EditionMark): string {
  const notice = correction
    ? `<p class="notice">更正说明（${escapeHtml(correction.date)}，代替第${correction.of}号）：${escapeHtml(correction.text)}</p>`
    : "";
  const check = url
    ? `查验：<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`
    : "查验：在本系统的查验页输入上面的验证码。";
  return [
    '<footer class="mark">',
    ...(url ? [qrCode(url)] : []),
    "<div>",
    ...(notice ? [notice] : []),
    `<p>${escapeHtml(kind)} 第${number}号　${escapeHtml(date)}封存　验证码 ${escapeHtml(code)}</p>`,
    `<p>${check}</p>`,
    `<p class="hash">文本 SHA-256 ${escapeHtml(sha256)}</p>`,
    "</div>",
    "</footer>",
  ].join("\n");
}

function qrCode(url: string): string {
  const svg = renderSVG(url, { border: 2 });
  return svg.replace("<svg ", `<svg role="img" aria-label="查验二维码" `);
}
