import { and, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { sections } from "../../db/schema";
import { record } from "../audit/record";
import { toColumns } from "../indicator/cell";
import { FIGURE_FIELDS, type Figures } from "../indicator/figure";
import type { CatalogueEntry } from "../indicator/schema";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { loadReportForImport } from "./load";
import { openReport, type OpenedReport } from "../report/open";
import type { OpenReport } from "../report/schema";
import { contentFits } from "../section/content-fits";
import { isEmpty } from "../section/content";
import { Content } from "../section/content-schema";
import type { SectionKind } from "../section/workflow";
import type { ImportedNode } from "./outline-draft";

/** A node of the file and the office that writes it. */
export type OwnedNode = ImportedNode & { organId: string };
/** An entry of the catalogue and what the file says of it. */
export type FilledEntry = CatalogueEntry & { figures: Figures };

/**
 * Opens the report that a file holds, with its texts and figures. They stand as working copies of the departments: a
 * file proves no signature, so nothing is submitted, signed or passed. Each text is kept as revision 1 too, which nobody
 * in the system has written (`writers` is empty): it is what the next period shows as last period's text.
 */
export async function importReport(
  ctx: Context,
  input: OpenReport,
  nodes: readonly OwnedNode[],
  catalogue: readonly FilledEntry[],
): Promise<string> {
  const outline = nodes.map(({ key, parent, position, kind, title, runOn, organId }) => ({
    key,
    parent,
    position,
    kind,
    title,
    runOn,
    organId,
    previousId: null,
  }));
  const entries = catalogue.map(({ figures: _, ...entry }) => entry);
  return openReport(ctx, input, outline, entries, async (tx, opened) => {
    await keepTexts(tx, ctx, opened, nodes);
    await keepFigures(tx, ctx, opened, catalogue);
  });
}

/** A text of a file for a leaf of a report that is under way. `figures`: how many of its numbers are bound. */
export type LaidText = { sectionId: string; content: Content; figures: number };
export type Laid = { filled: string[]; skipped: string[] };

/**
 * Lays the texts of a file into a report that is being collected, each into a leaf that nobody has written in; the others
 * are skipped and stay as they are. Done twice, the second time fills nothing. Throws not-found for a leaf of elsewhere
 * and text-kind-mismatch for a text that its leaf cannot hold; then nothing was laid.
 */
export async function importTexts(
  ctx: Context,
  input: { reportId: string; fileName: string },
  texts: readonly LaidText[],
): Promise<Laid> {
  return transact(ctx, async (tx) => {
    await loadReportForImport(tx, ctx, input.reportId);
    const ids = texts.map(({ sectionId }) => sectionId);
    const leaves = await tx
      .select({ id: sections.id, kind: sections.kind })
      .from(sections)
      .where(and(eq(sections.reportId, input.reportId), inArray(sections.id, ids)));
    const kinds = new Map(leaves.map(({ id, kind }) => [id, kind]));
    const fitting = texts.map(({ sectionId, content }) => {
      const kind = kinds.get(sectionId);
      if (!kind) throw new DomainError("not-found");
      if (!contentFits(kind, content) || isEmpty(content)) throw new DomainError("text-kind-mismatch");
      return { sectionId, kind, content };
    });
    const laid = await layTexts(tx, ctx, fitting, `导入 ${input.fileName}`);
    const filled = texts.filter(({ sectionId }) => laid.has(sectionId));
    await record(tx, ctx, {
      action: "report.import",
      subject: input.reportId,
      reportId: input.reportId,
      detail: {
        leaves: filled.length,
        skipped: texts.length - filled.length,
        figures: filled.reduce((sum, { figures: bound }) => sum + bound, 0),
      },
    });
    return {
      filled: filled.map(({ sectionId }) => sectionId),
      skipped: ids.filter((id) => !laid.has(id)),
    };
  });
}

async function keepTexts(
  tx: Transaction,
  ctx: Context,
  opened: OpenedReport,
  nodes: readonly OwnedNode[],
): Promise<void> {
  const texts = nodes.flatMap(({ key, kind, content }) => {
    const sectionId = opened.sections.get(key);
    return sectionId && content !== null && content.content.length > 0 ? [{ sectionId, kind, content }] : [];
  });
  const laid = await layTexts(tx, ctx, texts, null);
  if (laid.size !== texts.length) throw new Error("a new report took in only some of its texts");
}

/**
 * Puts texts into working copies that nobody has written in (drizzle/0006, `lay_text`): the lead bureau sees none of them.
 * Returns the ids of the leaves that took theirs. One query.
 */
async function layTexts(
  tx: Transaction,
  ctx: Context,
  texts: readonly { sectionId: string; kind: SectionKind; content: Content }[],
  note: string | null,
): Promise<Set<string>> {
  if (texts.length === 0) return new Set();
  for (const { sectionId, kind, content } of texts) {
    if (!contentFits(kind, Content.parse(content))) {
      throw new Error(`the text for ${sectionId} does not fit its kind ${kind}`);
    }
  }
  const rows = JSON.stringify(texts.map(({ sectionId, content }) => ({ leaf: sectionId, body: content })));
  const laid = await tx.execute<{ leaf: string }>(sql`
    select t.leaf from (select * from jsonb_to_recordset(${rows}::text::jsonb) as x(leaf uuid, body jsonb) order by x.leaf) t
     where lay_text(t.leaf, t.body, ${note}, ${ctx.actor.label}, ${ctx.now().toISOString()}::timestamptz)`);
  return new Set(laid.map(({ leaf }) => leaf));
}

/** Why a completion of a file stands: the rule gives another, and the file does not say why. */
const COMPLETION_REASON = "导入文件所载。";

async function keepFigures(
  tx: Transaction,
  ctx: Context,
  opened: OpenedReport,
  catalogue: readonly FilledEntry[],
): Promise<void> {
  const cells = catalogue.flatMap(({ code, figures: row }) => {
    const indicatorId = opened.indicators.get(code);
    if (!indicatorId) return [];
    return FIGURE_FIELDS.flatMap((field) => {
      const figure = row[field];
      if (!figure) return [];
      const reason = field === "completion" ? COMPLETION_REASON : null;
      return { indicator: indicatorId, field, ...toColumns(figure), reason };
    });
  });
  if (cells.length === 0) return;
  const [laid] = await tx.execute<{ count: number }>(
    sql`select lay_figures(${JSON.stringify(cells)}::text::jsonb, ${ctx.actor.label}, ${ctx.now().toISOString()}::timestamptz) as count`,
  );
  if (laid?.count !== cells.length) throw new Error("a new report took in only some of its figures");
}
