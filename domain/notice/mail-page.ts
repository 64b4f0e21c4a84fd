import type { MailWords } from "./facts";

/** A mail as its parts, in the order they are read. `href` is absolute. */
export type MailContent = {
  lang: string;
  subject: string;
  lead: string;
  /** Short lines under the first: by when, in which post. */
  notes: string[];
  /** Numbered: the reasons of a return. `quote` is what they are about. */
  reasons: { label: string; quote: string; text: string }[];
  /** Words as somebody wrote them. */
  quoted: string | null;
  groups: { title: string; items: { text: string; note: string; href: string }[] }[];
  action: { label: string; href: string } | null;
  footer: string[];
};

/** The same in plain text and in HTML. The HTML loads nothing from anywhere, and no word of anybody becomes markup. */
export function renderMail(content: MailContent): MailWords {
  return { subject: oneLine(content.subject), text: asText(content), html: asHtml(content) };
}

/** A subject is one line: no line of somebody's title becomes a header. */
const oneLine = (words: string): string =>
  words
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, 200);

function asText({ lead, notes, reasons, quoted, groups, action, footer }: MailContent): string {
  const parts = [
    [lead, ...notes].join("\n"),
    reasons
      .map(({ label, quote, text }, index) => `${index + 1}. ${label}\n   ${quote ? `“${quote}”\n   ` : ""}${text}`)
      .join("\n"),
    quoted ?? "",
    ...groups.map(({ title, items }) =>
      [title, ...items.map(({ text, note, href }) => `- ${text}${note ? ` · ${note}` : ""}\n  ${href}`)].join("\n"),
    ),
    action ? `${action.label}\n${action.href}` : "",
    ["--", ...footer].join("\n"),
  ];
  return `${parts.filter((part) => part.trim() !== "").join("\n\n")}\n`;
}

function asHtml({ lang, subject, lead, notes, reasons, quoted, groups, action, footer }: MailContent): string {
  const lines = [
    `<p style="${STYLE.lead}">${escape(lead)}</p>`,
    ...notes.map((note) => `<p style="${STYLE.note}">${escape(note)}</p>`),
    reasons.length > 0
      ? `<ol style="${STYLE.list}">${reasons
          .map(
            ({ label, quote, text }) =>
              `<li style="${STYLE.item}"><b>${escape(label)}</b>${quote ? `<br><q>${escape(quote)}</q>` : ""}<br>${withBreaks(text)}</li>`,
          )
          .join("")}</ol>`
      : "",
    quoted ? `<blockquote style="${STYLE.quote}">${withBreaks(quoted)}</blockquote>` : "",
    ...groups.map(
      ({ title, items }) =>
        `<h2 style="${STYLE.title}">${escape(title)}</h2><ul style="${STYLE.list}">${items
          .map(
            ({ text, note, href }) =>
              `<li style="${STYLE.item}"><a href="${escape(href)}" style="${STYLE.link}">${escape(text)}</a>${note ? ` · ${escape(note)}` : ""}</li>`,
          )
          .join("")}</ul>`,
    ),
    action
      ? `<p><a href="${escape(action.href)}" style="${STYLE.button}">${escape(action.label)}</a></p><p style="${STYLE.note}">${escape(action.href)}</p>`
      : "",
    `<hr style="${STYLE.rule}">`,
    ...footer.map((line) => `<p style="${STYLE.note}">${escape(line)}</p>`),
  ];
  return `<!doctype html><html lang="${escape(lang)}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head><body style="${STYLE.body}">${lines.join("")}</body></html>`;
}

const withBreaks = (words: string): string => escape(words).replaceAll("\n", "<br>");

const escape = (words: string): string =>
  words
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

/** Mail programs know no style sheet and none of our tokens: indigo, ink and lines as in app/globals.css. */
const STYLE = {
  body: "margin:0;padding:24px;max-width:640px;color:#1b1f24;font:16px/1.7 'PingFang SC','Microsoft YaHei',sans-serif",
  lead: "margin:0 0 8px;font-size:18px",
  note: "margin:0 0 4px;color:#4a525c;font-size:14px",
  title: "margin:20px 0 4px;font-size:16px",
  list: "margin:8px 0;padding-left:24px",
  item: "margin:0 0 8px",
  quote: "margin:12px 0;padding:4px 12px;border-left:3px solid #9db4d3",
  link: "color:#1f4b82",
  button: "display:inline-block;padding:10px 20px;background:#1f4b82;color:#ffffff;text-decoration:none",
  rule: "margin:24px 0 12px;border:0;border-top:1px solid #d9dde3",
};
