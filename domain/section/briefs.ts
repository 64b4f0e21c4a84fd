import { and, eq, inArray } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { organs, reports, sectionBriefs, sections } from "../../db/schema";
import { record } from "../audit/record";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { loadForChange } from "./load";
import { officialNumbers } from "./official-numbers";
import { authorizeWriting } from "./policy";
import type { SetBrief } from "./schema";
import { isHeading } from "./workflow";

export type Brief = { guidance: string; lengthLimit: number | null; version: number; by: string; at: Date };

/** 要求 for one leaf: what the lead bureau asks, and how long the text may be. Nobody's brief is overwritten unseen. */
export async function setBrief(ctx: Context, input: SetBrief): Promise<void> {
  await transact(ctx, async (tx) => {
    const section = await loadForChange(tx, input.sectionId);
    authorizeWriting("brief", ctx.actor, section);
    const brief = {
      guidance: input.guidance,
      lengthLimit: input.lengthLimit,
      version: input.version + 1,
      updatedLabel: ctx.actor.label,
      updatedAt: ctx.now(),
    };
    const written =
      input.version === 0
        ? await tx
            .insert(sectionBriefs)
            .values({ sectionId: section.id, jurisdictionId: section.jurisdictionId, ...brief })
            .onConflictDoNothing({ target: sectionBriefs.sectionId })
            .returning({ version: sectionBriefs.version })
        : await tx
            .update(sectionBriefs)
            .set(brief)
            .where(and(eq(sectionBriefs.sectionId, section.id), eq(sectionBriefs.version, input.version)))
            .returning({ version: sectionBriefs.version });
    if (written.length === 0) throw new DomainError("stale-version");
    await record(tx, ctx, {
      action: "section.brief",
      subject: section.id,
      reportId: section.reportId,
      detail: { lengthLimit: input.lengthLimit },
    });
  });
}

/** The leaves of a report in the order of the outline, each with what is asked of it. For the lead bureau's list. */
export async function getBriefs(tx: Transaction, slug: string) {
  const [report] = await tx
    .select({ id: reports.id, name: reports.name, slug: reports.slug, status: reports.status })
    .from(reports)
    .where(eq(reports.slug, slug));
  if (!report) throw new DomainError("not-found");
  const nodes = await tx
    .select({
      id: sections.id,
      parentId: sections.parentId,
      position: sections.position,
      kind: sections.kind,
      title: sections.title,
      organ: organs.shortName,
      brief: briefColumns,
    })
    .from(sections)
    .innerJoin(organs, eq(organs.id, sections.organId))
    .leftJoin(sectionBriefs, eq(sectionBriefs.sectionId, sections.id))
    .where(eq(sections.reportId, report.id));
  return { report, leaves: officialNumbers(nodes).filter(({ kind }) => !isHeading(kind)) };
}

/** Takes what was asked of the earlier leaves over to their successors: new leaf → the leaf that it follows. */
export async function carryBriefs(
  tx: Transaction,
  ctx: Context,
  previousOf: ReadonlyMap<string, string>,
): Promise<void> {
  if (previousOf.size === 0) return;
  const given = await tx
    .select({
      sectionId: sectionBriefs.sectionId,
      guidance: sectionBriefs.guidance,
      lengthLimit: sectionBriefs.lengthLimit,
    })
    .from(sectionBriefs)
    .where(inArray(sectionBriefs.sectionId, [...previousOf.values()]));
  const briefs = new Map(given.map((brief) => [brief.sectionId, brief]));
  const carried = [...previousOf].flatMap(([sectionId, previous]) => {
    const brief = briefs.get(previous);
    return brief ? [{ sectionId, guidance: brief.guidance, lengthLimit: brief.lengthLimit }] : [];
  });
  if (carried.length === 0) return;
  const by = { jurisdictionId: ctx.actor.jurisdictionId, updatedLabel: ctx.actor.label, updatedAt: ctx.now() };
  await tx.insert(sectionBriefs).values(carried.map((brief) => ({ ...brief, ...by })));
}

/** For a left join: null where nothing was asked. */
export const briefColumns = {
  guidance: sectionBriefs.guidance,
  lengthLimit: sectionBriefs.lengthLimit,
  version: sectionBriefs.version,
  by: sectionBriefs.updatedLabel,
  at: sectionBriefs.updatedAt,
};
