import { and, eq } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { sections } from "../../db/schema";
import { record } from "../audit/record";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import type { Course, Moved } from "../route/course";
import { columnsOf } from "../route/load";
import type { LoadedSection } from "./load";
import { STATUS_AT, type SectionStatus } from "./workflow";

type Change = {
  submittedRevisionId?: string | null;
  approvedRevisionId?: string | null;
  signedBy?: string | null;
};

/**
 * Writes where a leaf has gone, if it still is in the version that was authorized; throws what the course is against.
 * Returns the step that it came to, null when it is at no step.
 */
export async function moveSection(
  tx: Transaction,
  ctx: Context,
  section: LoadedSection,
  verb: "submit" | "withdraw" | "sign" | "pass" | "return",
  moved: Moved,
  change: Change,
): Promise<string | null> {
  if ("refused" in moved) throw new DomainError(moved.refused);
  const { course } = moved;
  const status = statusOf(section, course, verb === "return");
  const columns = columnsOf(course);
  const rows = await tx
    .update(sections)
    .set({ ...change, ...columns, status, version: section.version + 1, movedAt: ctx.now() })
    .where(and(eq(sections.id, section.id), eq(sections.version, section.version), eq(sections.status, section.status)))
    .returning({ id: sections.id });
  if (rows.length === 0) throw new DomainError("stale-version");
  await record(tx, ctx, {
    action: `section.${verb}`,
    subject: section.id,
    reportId: section.reportId,
    detail: { from: section.status satisfies SectionStatus, to: status },
  });
  return columns.stepId;
}

function statusOf(section: LoadedSection, { at }: Course, isReturn: boolean): SectionStatus {
  if (at.is === "done") return "approved";
  if (at.is === "author") return isReturn ? "returned" : "drafting";
  const step = section.route.steps.find(({ id }) => id === at.step);
  if (!step) throw new Error("a leaf went to a step that is not on its route");
  return STATUS_AT[step.action];
}
