import { eq } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { drafts, reports, sections } from "../../db/schema";
import { record } from "../audit/record";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { carryBriefs } from "../section/briefs";
import { EMPTY_CONTENT } from "../section/content";
import { isHeading, type SectionKind } from "../section/workflow";
import { carryCatalogue, layOutCatalogue } from "../indicator/carry-forward";
import type { CatalogueEntry } from "../indicator/schema";
import { layOutTimetable } from "../timetable/lay-out";
import { layOutRoute } from "../route/templates";
import { organsExist } from "./organs-exist";
import { authorizeStatus } from "./policy";
import type { OpenReport, RollForward } from "./schema";

/** One node of a new outline; `key` and `parent` are any ids unique in the list, parents first. */
export type OutlineNode = {
  key: string;
  parent: string | null;
  position: number;
  kind: SectionKind;
  title: string;
  runOn: boolean;
  organId: string;
  previousId: string | null;
};

/** What was opened: the sections' ids by their keys in the outline, the indicators' by their codes. */
export type OpenedReport = {
  id: string;
  sections: ReadonlyMap<string, string>;
  indicators: ReadonlyMap<string, string>;
};

/**
 * Opens a report for collection with the usual route: 部门签发 → 牵头审核 → 政府审定. `fill` writes what it begins with, in
 * the same transaction: nothing unless it is given.
 */
export async function openReport(
  ctx: Context,
  input: OpenReport,
  outline: readonly OutlineNode[],
  catalogue: readonly CatalogueEntry[] = [],
  fill: (tx: Transaction, opened: OpenedReport) => Promise<void> = async () => {},
): Promise<string> {
  return transact(ctx, async (tx) => {
    const { reportId, ids } = await open(tx, ctx, input, outline, null);
    const indicators = await layOutCatalogue(
      tx,
      ctx,
      { id: reportId, dueOn: input.dueOn },
      catalogue.map((entry) => ({ ...entry, previousId: null })),
    );
    await fill(tx, { id: reportId, sections: ids, indicators });
    return reportId;
  });
}

/**
 * Opens the next period's report from an earlier one: the same outline and owners, every leaf empty and pointing at
 * its last period's text. Years in headings follow (2024年 → 2025年). The catalogue of indicators comes along; last
 * year's actual moves into its column where a report has it, and every other figure is blank. What was asked of each
 * leaf is asked again.
 */
export async function rollForward(ctx: Context, input: RollForward): Promise<string> {
  return transact(ctx, async (tx) => {
    const [from] = await tx.select().from(reports).where(eq(reports.id, input.fromReportId));
    if (!from) throw new DomainError("not-found");
    const nodes = await tx.select().from(sections).where(eq(sections.reportId, from.id));
    const outline = parentsFirst(nodes).map((node) => ({
      key: node.id,
      parent: node.parentId,
      position: node.position,
      kind: node.kind,
      title: node.title.replaceAll(`${from.year}年`, `${input.year}年`),
      runOn: node.runOn,
      organId: node.organId,
      previousId: node.id,
    }));
    const { reportId, ids } = await open(tx, ctx, input, outline, from.id);
    await carryBriefs(tx, ctx, new Map(Array.from(ids, ([previous, id]) => [id, previous])));
    await carryCatalogue(tx, ctx, from, { id: reportId, year: input.year, dueOn: input.dueOn });
    return reportId;
  });
}

async function open(
  tx: Transaction,
  ctx: Context,
  input: OpenReport,
  outline: readonly OutlineNode[],
  previousId: string | null,
): Promise<{ reportId: string; ids: Map<string, string> }> {
  const { jurisdictionId } = ctx.actor;
  authorizeStatus("open", ctx.actor, { status: "collecting", jurisdictionId });
  await organsExist(
    tx,
    outline.map((node) => node.organId),
  );
  const reportId = crypto.randomUUID();
  const { slug, name, year, half, dueOn } = input;
  const now = ctx.now();
  // The constraint tells, not a look beforehand: two leads may open the same period in the same instant.
  const opened = await tx
    .insert(reports)
    .values({ id: reportId, jurisdictionId, slug, name, year, half, dueOn, previousId, createdAt: now })
    .onConflictDoNothing({ target: [reports.jurisdictionId, reports.slug] })
    .returning({ id: reports.id });
  if (opened.length === 0) throw new DomainError("slug-taken", { slug });
  const ids = new Map(outline.map((node) => [node.key, crypto.randomUUID()]));
  const idOf = (key: string): string => {
    const id = ids.get(key);
    if (!id) throw new Error(`the outline names a parent that it does not hold: ${key}`);
    return id;
  };
  if (outline.length > 0) {
    await tx.insert(sections).values(
      outline.map(({ key, parent, ...node }) => ({
        ...node,
        id: idOf(key),
        parentId: parent === null ? null : idOf(parent),
        jurisdictionId,
        reportId,
        dueOn,
        movedAt: now,
      })),
    );
    const leaves = outline.filter((node) => !isHeading(node.kind));
    await tx.insert(drafts).values(
      leaves.map((leaf) => ({
        sectionId: idOf(leaf.key),
        jurisdictionId,
        organId: leaf.organId,
        content: EMPTY_CONTENT,
        updatedAt: now,
      })),
    );
  }
  await layOutRoute(tx, ctx, { id: reportId, previousId, routeId: input.routeId });
  await layOutTimetable(tx, ctx, reportId, input.sittingOn);
  await record(tx, ctx, {
    action: "report.open",
    subject: reportId,
    reportId,
    detail: { slug, leaves: outline.length },
  });
  return { reportId, ids };
}

function parentsFirst<T extends { id: string; parentId: string | null; position: number }>(nodes: readonly T[]): T[] {
  const below = (parent: string | null): T[] =>
    nodes
      .filter((node) => node.parentId === parent)
      .sort((a, b) => a.position - b.position)
      .flatMap((node) => [node, ...below(node.id)]);
  return below(null);
}
