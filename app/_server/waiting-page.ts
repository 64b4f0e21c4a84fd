import "server-only";
import { createHash } from "node:crypto";
import { getLocale } from "next-intl/server";
import { escapeHtml } from "../../render/html/to-html";

const STYLE =
  "body{margin:0;background:#f3f4f6;color:#1b1f24;font:16px/1.7 system-ui,'PingFang SC','Microsoft YaHei',sans-serif}main{max-width:36em;margin:12vh auto 0;padding:0 1.5em}h1{font-size:1.25em}p{color:#4a525c}a{color:#1f4b82;display:inline-block;min-height:44px;line-height:44px}";
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** A plain page for a file that is not there: says what is the matter, and of one that is being made asks again by itself. */
export async function waitingPage(
  { title, text, link }: { title: string; text: string; link: { href: string; label: string } },
  { status, again }: { status: number; again: number | null },
): Promise<Response> {
  const e = escapeHtml;
  const refresh = again === null ? "" : `<meta http-equiv="refresh" content="${again}">`;
  const html = `<!doctype html><html lang="${e(await getLocale())}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${refresh}<title>${e(title)}</title><style>${STYLE}</style></head><body><main><h1 role="status">${e(title)}</h1><p>${e(text)}</p><p><a href="${e(link.href)}">${e(link.label)}</a></p></main></body></html>`;
  return new Response(html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'`,
      ...(again === null ? {} : { "retry-after": String(again) }),
    },
  });
}
