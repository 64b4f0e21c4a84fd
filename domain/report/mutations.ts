import { and, eq, inArray, isNull, ne } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { indicators, reports, sections } from "../../db/schema";
import { record, type AuditAction } from "../audit/record";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { announce } from "../notice/announce";
import { returnFromWhole } from "../indicator/mutations";
import { giveReasons } from "../review/give-reasons";
import { recordVerdict } from "../review/record-verdict";
import { staleInReport } from "../section/bindings";
import { isRowStale } from "../indicator/load";
import { advance } from "../route/course";
import { RESTARTS, SENT_BACK } from "../route/load";
import { isStale } from "../section/load";
import { compileReport } from "./compile-report";
import { authorizeReportAt, loadReportForChange, type LoadedReport } from "./load";
import type { ApproveReport, MoveReport, ReopenReport, ReturnReport } from "./schema";
import type { ReportStatus, Verdict } from "./workflow";

/** 送审: all leaves and indicators are approved, no quoted figure is stale; the compiled text is pinned by its hash. */
export async function sendForApproval(ctx: Context, input: MoveReport): Promise<void> {
  await transact(ctx, async (tx) => {
    const report = await loadReportForChange(tx, input.reportId);
    authorizeReportAt(ctx, "sendForApproval", report, input.version);
    const { missing, hash } = await compileReport(tx, report.id);
    const leaves = missing.filter((one) => one.kind === "leaf").length;
    if (leaves > 0) throw new DomainError("leaves-not-approved", { count: leaves });
    // Not by what is missing in print: a text quotes a figure though the report prints no table.
    const open = await tx.$count(
      indicators,
      and(eq(indicators.reportId, report.id), isNull(indicators.removedAt), ne(indicators.status, "approved")),
    );
    if (open > 0) throw new DomainError("indicators-not-approved", { count: open });
    const stale = await staleInReport(tx, ctx, report.id);
    if (stale.length > 0) throw new DomainError("figures-stale", { count: stale.length });
    const revised = await countStale(tx, report.id);
    if (revised > 0) throw new DomainError("approvals-stale", { count: revised });
    const { steps, course } = report.route;
    const moved = advance(steps, course, { is: "submit" });
    const stepId = "course" in moved && moved.course.at.is === "step" ? moved.course.at.step : null;
    if (stepId === null) throw new Error("the report's route has nobody who approves the whole");
    await change(tx, ctx, report, "report.send-for-approval", {
      status: "approving",
      documentHash: hash,
      sentBy: ctx.actor.userId,
      stepId,
      round: report.round + 1,
    });
    await announce(tx, ctx, { event: "report.sent-for-approval", reportId: report.id, stepId });
  });
}

/** Takes the whole back before the approver has decided. */
export async function recallReport(ctx: Context, input: MoveReport): Promise<void> {
  await transact(ctx, async (tx) => {
    const report = await loadReportForChange(tx, input.reportId);
    authorizeReportAt(ctx, "recall", report, input.version);
    await change(tx, ctx, report, "report.recall", COLLECTING);
    await announce(tx, ctx, { event: "report.recalled", reportId: report.id });
  });
}

/** 审定 of the compiled whole, pinned to the hash of what the approver had before them. */
export async function approveReport(ctx: Context, input: ApproveReport): Promise<void> {
  await transact(ctx, async (tx) => {
    const report = await loadReportForChange(tx, input.reportId);
    authorizeReportAt(ctx, "approve", report, input.version);
    if (report.documentHash !== input.documentHash) throw new DomainError("document-changed");
    await judge(tx, ctx, report, "approve");
    const { steps, course, seats } = report.route;
    const posts = seats.map(({ membershipId }) => membershipId);
    const moved = advance(steps, course, { is: "pass", seat: ctx.actor.seatId, seats: posts });
    if ("refused" in moved) throw new DomainError(moved.refused);
    const { at, round } = moved.course;
    const isThrough = at.is === "done";
    const stepId = at.is === "step" ? at.step : null;
    // One vote of several: nothing has moved, and whoever decides beside has not decided on anything old.
    if (!isThrough && round === report.round) {
      const detail = { from: report.status };
      await record(tx, ctx, { action: "report.approve", subject: report.id, reportId: report.id, detail });
      return;
    }
    await change(tx, ctx, report, "report.approve", { status: isThrough ? "approved" : "approving", stepId, round });
    if (isThrough) await announce(tx, ctx, { event: "report.approved", reportId: report.id });
    else await announce(tx, ctx, { event: "report.advanced", reportId: report.id, stepId });
  });
}

/** Sends the whole back for reasons that name paragraphs and cells; what is named goes back to its department. */
export async function returnReport(ctx: Context, input: ReturnReport): Promise<void> {
  await transact(ctx, async (tx) => {
    const report = await loadReportForChange(tx, input.reportId);
    authorizeReportAt(ctx, "return", report, input.version);
    if (input.reasons.length === 0) throw new DomainError("reasons-missing");
    const reviewId = await judge(tx, ctx, report, "return");
    const inTable = input.reasons.filter((reason) => "indicatorId" in reason);
    const inText = input.reasons.filter((reason) => "sectionId" in reason);
    await returnFromWhole(tx, ctx, report.id, reviewId, inTable);
    const named = [...new Set(inText.map((reason) => reason.sectionId))];
    const leaves = await tx
      .select()
      .from(sections)
      .where(and(eq(sections.reportId, report.id), inArray(sections.id, named)));
    if (leaves.length !== named.length) throw new DomainError("reason-not-in-text");
    for (const leaf of leaves) {
      const reasons = inText.filter((reason) => reason.sectionId === leaf.id);
      await giveReasons(tx, ctx, leaf, reviewId, reasons);
      await tx
        .update(sections)
        .set({ ...SENT_BACK, ...RESTARTS, status: "returned", version: leaf.version + 1, movedAt: ctx.now() })
        .where(eq(sections.id, leaf.id));
      await announce(tx, ctx, { event: "section.returned", reportId: report.id, sectionId: leaf.id });
    }
    await change(tx, ctx, report, "report.return", COLLECTING);
    await announce(tx, ctx, { event: "report.returned", reportId: report.id });
  });
}

/** Opens an approved or delivered report for corrections, which become a new edition; sealed ones stay as they are. */
export async function reopenReport(ctx: Context, input: ReopenReport): Promise<void> {
  await transact(ctx, async (tx) => {
    const report = await loadReportForChange(tx, input.reportId);
    authorizeReportAt(ctx, "reopen", report, input.version);
    await change(tx, ctx, report, "report.reopen", COLLECTING, { reason: input.reason });
    await announce(tx, ctx, { event: "report.reopened", reportId: report.id });
  });
}

const COLLECTING = { status: "collecting", documentHash: null, sentBy: null, stepId: null } as const;

/** Approved leaves and rows that their departments are working on again. */
async function countStale(tx: Transaction, reportId: string): Promise<number> {
  const [leaves, rows] = await Promise.all([
    tx.$count(sections, and(eq(sections.reportId, reportId), isStale)),
    tx.$count(indicators, and(eq(indicators.reportId, reportId), isNull(indicators.removedAt), isRowStale)),
  ]);
  return leaves + rows;
}

function judge(tx: Transaction, ctx: Context, report: LoadedReport, verdict: Verdict): Promise<string> {
  const where = report.stepId === null ? {} : { stepId: report.stepId, round: report.round };
  return recordVerdict(tx, ctx, { reportId: report.id, verdict, documentHash: report.documentHash, ...where });
}

async function change(
  tx: Transaction,
  ctx: Context,
  report: LoadedReport,
  action: AuditAction,
  to: {
    status: ReportStatus;
    documentHash?: string | null;
    sentBy?: string | null;
    stepId?: string | null;
    round?: number;
  },
  detail: Record<string, string> = {},
): Promise<void> {
  const changed = await tx
    .update(reports)
    .set({ ...to, version: report.version + 1 })
    .where(and(eq(reports.id, report.id), eq(reports.version, report.version), eq(reports.status, report.status)))
    .returning({ id: reports.id });
  if (changed.length === 0) throw new DomainError("stale-version");
  await record(tx, ctx, {
    action,
    subject: report.id,
    reportId: report.id,
    detail: { ...detail, from: report.status, to: to.status },
  });
}
