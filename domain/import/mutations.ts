import { eq } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { drafts, figureChanges, figures, revisions } from "../../db/schema";
import { toColumns } from "../indicator/cell";
import { FIGURE_FIELDS, type Figures } from "../indicator/figure";
import type { CatalogueEntry } from "../indicator/schema";
import type { Context } from "../kernel/context";
import { openReport, type OpenedReport } from "../report/open";
import type { OpenReport } from "../report/schema";
import { contentFits } from "../section/content-fits";
import { Content } from "../section/content";
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

async function keepTexts(
  tx: Transaction,
  ctx: Context,
  opened: OpenedReport,
  nodes: readonly OwnedNode[],
): Promise<void> {
  for (const { key, kind, content, organId } of nodes) {
    const sectionId = opened.sections.get(key);
    if (!sectionId || content === null || content.content.length === 0) continue;
    if (!contentFits(kind, Content.parse(content))) throw new Error(`the text of ${key} does not fit its kind ${kind}`);
    await tx
      .update(drafts)
      .set({ content, version: 1, revisionCount: 1, updatedLabel: ctx.actor.label, updatedAt: ctx.now() })
      .where(eq(drafts.sectionId, sectionId));
    await tx.insert(revisions).values({
      jurisdictionId: ctx.actor.jurisdictionId,
      sectionId,
      organId,
      number: 1,
      kind: "saved",
      content,
      writers: [],
      authorId: ctx.actor.userId,
      authorLabel: ctx.actor.label,
      createdAt: ctx.now(),
    });
  }
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
      return {
        jurisdictionId: ctx.actor.jurisdictionId,
        indicatorId,
        field,
        ...toColumns(figure),
        reason: field === "completion" ? COMPLETION_REASON : null,
        version: 1,
        authorLabel: ctx.actor.label,
      };
    });
  });
  if (cells.length === 0) return;
  await tx.insert(figures).values(cells.map((cell) => ({ ...cell, updatedAt: ctx.now() })));
  await tx
    .insert(figureChanges)
    .values(cells.map((cell) => ({ ...cell, carried: true, authorId: ctx.actor.userId, createdAt: ctx.now() })));
}
