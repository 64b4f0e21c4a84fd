import { annexLabel, annexNames } from "../annex-names";
import { mergedCells } from "../merged-cells";
import type { Annex, Block, ReportDocument, Span, TableInText } from "../report-document";

/**
 * The report as one `<article class="doc">`: the report's own words only (which are never translated), every one
 * escaped, no style and no script. Blocks keep their ids; `data-from` is an index into `contributions` and
 * `data-block` the block id in that leaf, so that a reader's mark finds its way back.
 */
export function toArticleHtml(document: ReportDocument, { underTitle, merged }: ArticleOptions = {}): string {
  const parts = document.blocks.flatMap((block) =>
    block.kind === "title" && underTitle ? [blockHtml(block), underTitle] : [blockHtml(block)],
  );
  if (document.annexes.length > 0) parts.push(annexLineHtml(document));
  for (const [index, annex] of document.annexes.entries()) {
    parts.push(annexHtml(annex, annexLabel(index, document.annexes.length), merged === true));
  }
  return `<article class="doc" lang="zh-CN">\n${parts.join("\n")}\n</article>\n`;
}

/** `underTitle`: HTML of an edition's own, after the title; `merged`: equal remarks of consecutive rows are one cell. */
type ArticleOptions = { underTitle?: string; merged?: boolean };

/** `short` is what fits beside the text: a chapter's first clause. `number` has its punctuation; annexes have 附件. */
export type OutlineEntry = { id: string; level: 1 | 2; number: string; text: string; short: string };

/** The headings and annexes in reading order, for navigation. Ids are those in toArticleHtml. */
export function toOutline(document: ReportDocument): OutlineEntry[] {
  const headings = document.blocks.flatMap((block): OutlineEntry[] => {
    if (block.kind !== "heading") return [];
    const { id, level, number, text } = block;
    return [{ id, level, number, text, short: level === 2 ? firstClause(text) : text }];
  });
  const annexes = document.annexes.map(({ id, title }, index): OutlineEntry => {
    return { id, level: 1, number: annexLabel(index, document.annexes.length), text: title, short: title };
  });
  return [...headings, ...annexes];
}

/** One block as it stands in toArticleHtml. */
export function blockHtml(block: Block): string {
  const id = `id="${escapeHtml(block.id)}"`;
  switch (block.kind) {
    case "heading": {
      const tag = `h${block.level + 1}`;
      return `<${tag} ${id}><span class="number">${escapeHtml(block.number)}</span>${escapeHtml(block.text)}</${tag}>`;
    }
    case "title":
      return `<h1 ${id}>${spansHtml(block.spans, breakable)}</h1>`;
    case "bullet":
      return `<p ${id} class="bullet"><span class="dash">——</span>${spansHtml(block.spans)}</p>`;
    case "paragraph": {
      if (block.number === undefined) return `<p ${id}>${spansHtml(block.spans)}</p>`;
      return `<p ${id} class="item"><span class="number">${escapeHtml(block.number)}</span>${spansHtml(block.spans)}</p>`;
    }
    case "numbered":
      return `<p ${id} class="numbered"><span class="number">${escapeHtml(block.number)}</span>${spansHtml(block.spans)}</p>`;
    case "table":
      return tableHtml(block);
    case "salutation":
      return `<p ${id} class="salutation">${spansHtml(block.spans)}</p>`;
    default:
      return `<p ${id} class="${block.kind}">${spansHtml(block.spans, breakable)}</p>`;
  }
}

function spansHtml(spans: readonly Span[], written: (text: string) => string = escapeHtml): string {
  return spans
    .map(({ text, lead, from, block, figure }) => {
      const words = lead ? `<b class="lead">${written(text)}</b>` : written(text);
      const of = figure ? ` data-figure="${escapeHtml(`${figure.indicator ?? ""}:${figure.field}`)}"` : "";
      return `<span data-from="${from}" data-block="${escapeHtml(block)}"${of}>${words}</span>`;
    })
    .join("");
}

/** Takes the keyboard's focus because a table wider than a phone is scrolled sideways. */
function tableHtml({ id, from, block, header, rows }: TableInText): string {
  const head = header?.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`);
  const of = `data-from="${from}" data-block="${escapeHtml(block)}"`;
  return [
    `<div id="${escapeHtml(id)}" class="text-table" tabindex="0" ${of}>`,
    `<table>${head === undefined ? "" : `<thead><tr>${head}</tr></thead>`}`,
    `<tbody>\n${body.join("\n")}\n</tbody></table>`,
    "</div>",
  ].join("\n");
}

function annexLineHtml(document: ReportDocument): string {
  const names = annexNames(document).map((name, index) => {
    return `<a href="#${escapeHtml(document.annexes[index]?.id ?? "")}">${escapeHtml(name)}</a>`;
  });
  return `<p class="annex-line">附件：${names.join("<br>")}</p>`;
}

/** The region takes the keyboard's focus because a table wider than a phone is scrolled sideways. */
function annexHtml(annex: Annex, label: string, merged: boolean): string {
  const id = escapeHtml(annex.id);
  const header = annex.header.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("");
  const spans = merged ? mergedCells(annex) : [];
  const rows = annex.rows.map((row, y) => {
    const cells = row.map((cell, x) => {
      const span = spans[y]?.[x] ?? 1;
      if (span === 0) return "";
      const over = span > 1 ? ` rowspan="${span}"` : "";
      return x === 0 ? `<th scope="row"${over}>${escapeHtml(cell)}</th>` : `<td${over}>${escapeHtml(cell)}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  return [
    `<section class="annex" id="${id}"${annex.from === null ? "" : ` data-from="${annex.from}"`}>`,
    `<h2 class="annex-label">${label}</h2>`,
    `<div class="annex-table" role="region" tabindex="0" aria-labelledby="${id}-caption">`,
    `<table><caption id="${id}-caption">${escapeHtml(annex.title)}</caption>`,
    `<thead><tr>${header}</tr></thead>`,
    `<tbody>\n${rows.join("\n")}\n</tbody></table>`,
    "</div>",
    "</section>",
  ].join("\n");
}

function firstClause(text: string): string {
  return text.split(/[，、；：。]/).find((clause) => clause.length >= 4) ?? text;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Centred lines break between words only (a single character goes with the word before it): the style forbids other
 * breaks, and these are the places left. */
function breakable(text: string): string {
  const mayBreakBefore = (word: Intl.SegmentData) => word.isWordLike && word.index > 0 && word.segment.length > 1;
  return Array.from(
    WORDS.segment(text),
    (word) => (mayBreakBefore(word) ? "<wbr>" : "") + escapeHtml(word.segment),
  ).join("");
}

const WORDS = new Intl.Segmenter("zh", { granularity: "word" });

/** Control characters have no place in HTML, not even escaped: they go. */
export function escapeHtml(text: string): string {
  return text.replace(/[^\P{Cc}\t\n]/gu, "").replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? "");
}
