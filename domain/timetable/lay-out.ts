import { sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { milestones, timetables } from "../../db/schema";
import type { Context } from "../kernel/context";
import type { Day } from "../kernel/working-days";
import { DEFAULT_OFFSETS, milestonesFor, type Dated, type Offset } from "./milestones";
import type { Milestone } from "./workflow";

/** Writes a report's milestones for its sitting, over whatever stood there; the timetable itself must be there. */
export async function layOutMilestones(
  tx: Transaction,
  ctx: Context,
  reportId: string,
  sittingOn: Day,
  offsets: Readonly<Record<Milestone, Offset>>,
): Promise<Dated[]> {
  const dated = milestonesFor(sittingOn, offsets);
  await tx
    .insert(milestones)
    .values(
      dated.map(({ milestone, on }) => ({
        reportId,
        jurisdictionId: ctx.actor.jurisdictionId,
        milestone,
        ...offsets[milestone],
        on,
      })),
    )
    .onConflictDoUpdate({
      target: [milestones.reportId, milestones.milestone],
      set: { amount: sql`excluded.amount`, unit: sql`excluded.unit`, on: sql`excluded."on"` },
    });
  return dated;
}

/** The timetable of a report that is being opened, with the law's terms and the usual ones. Nothing without a sitting. */
export async function layOutTimetable(
  tx: Transaction,
  ctx: Context,
  reportId: string,
  sittingOn: Day | undefined,
): Promise<void> {
  if (!sittingOn) return;
  await tx.insert(timetables).values({
    reportId,
    jurisdictionId: ctx.actor.jurisdictionId,
    sittingOn,
    sittingName: "",
    updatedLabel: ctx.actor.label,
    updatedAt: ctx.now(),
  });
  await layOutMilestones(tx, ctx, reportId, sittingOn, DEFAULT_OFFSETS);
}
