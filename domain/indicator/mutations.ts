import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import {
  figureChanges,
  figures,
  indicatorRevisions,
  indicators,
  staleApprovals,
  type SubmittedRow,
} from "../../db/schema";
import { record } from "../audit/record";
import { isBlocking } from "../check/finding";
import { checkTable } from "../check/check-table";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { announce } from "../notice/announce";
import type { NoticeEvent } from "../notice/events";
import type { Verdict } from "../report/workflow";
import { requireAnswers } from "../review/answers";
import { giveCellReasons } from "../review/give-reasons";
import { recordVerdict, recordVerdicts } from "../review/record-verdict";
import { advance, type Moved } from "../route/course";
import { columnsOf, RESTARTS, SENT_BACK, type CourseColumns } from "../route/load";
import { presentStep } from "../route/route";
import type { CellReason } from "../review/schema";
import { fromColumns, toColumns, type CellColumns } from "./cell";
import {
  FIGURE_FIELDS,
  sameFigure,
  type Figure,
  type FigureField,
  decimalsOf,
  NUMERIC_FIELDS,
  type NumericField,
} from "./figure";
import { authorizeIndicatorsAt, loadIndicators, type LoadedIndicator } from "./load";
import { authorizeIndicator, type IndicatorAbility } from "./policy";
import { printCell } from "./printing";
import { cellsOf, rowOf } from "./read-rows";
import type { FillCell, FillCells, MoveIndicator, ReturnIndicator, SetSource } from "./schema";
import { waivedIn } from "./waivers";
import { INDICATOR_STATUS_AT, type IndicatorStatus } from "./workflow";

export type Filled = {
  saved: { indicatorId: string; field: FigureField; version: number }[];
  conflicts: {
    indicatorId: string;
    field: FigureField;
    version: number;
    figure: Figure | null;
    reason: string | null;
    by: string;
    at: Date;
  }[];
};

/**
 * Keeps cells that still are the versions that they were typed over; gives back what is there of the others. All rows
 * must be the actor's to fill in, or nothing is kept. A cell that already says the same counts as saved.
 */
export async function fillCells(ctx: Context, input: FillCells): Promise<Filled> {
  return transact(ctx, async (tx) => {
    const rows = await loadIndicators(
      tx,
      input.cells.map((cell) => cell.indicatorId),
    );
    for (const row of rows) authorizeIndicator("fill", ctx.actor, row);
    for (const cell of input.cells) refuseTooFine(cell, rows);
    const written = await writeCells(tx, ctx, input.cells);
    const done = new Set(written.map(keyOf));
    const left = await currentCells(
      tx,
      input.cells.filter((cell) => !done.has(keyOf(cell))),
    );
    const [first, ...others] = rows
      .filter((row) => written.some((cell) => cell.indicatorId === row.id))
      .map((row) => ({
        action: "indicator.fill" as const,
        subject: row.id,
        reportId: row.reportId,
        detail: { cells: written.filter((cell) => cell.indicatorId === row.id).length },
      }));
    if (first) await record(tx, ctx, first, ...others);
    const wanted = new Map(input.cells.map((cell) => [keyOf(cell), cell]));
    const same = left.filter((cell) => saysAlready(cell, wanted.get(keyOf(cell))));
    return {
      saved: [...written, ...same.map(({ indicatorId, field, version }) => ({ indicatorId, field, version }))],
      conflicts: left.filter((cell) => !same.includes(cell)),
    };
  });
}

/** The catalogue says how many decimals a figure may have; the grid says so as one types. */
function refuseTooFine({ indicatorId, field, figure }: FillCell, rows: readonly LoadedIndicator[]): void {
  if (figure?.state !== "number" && figure?.state !== "estimate") return;
  const row = rows.find(({ id }) => id === indicatorId);
  const wanted = NUMERIC_FIELDS.some((one) => one === field) ? row?.decimals[field as NumericField] : undefined;
  if (row && wanted !== undefined && decimalsOf(figure.digits) > wanted) {
    throw new DomainError("figure-too-fine", { name: row.shortName, decimals: wanted });
  }
}

/** Says where a figure comes from; its value stays. */
export async function setSource(ctx: Context, input: SetSource): Promise<void> {
  await transact(ctx, async (tx) => {
    const [row] = await loadIndicators(tx, [input.indicatorId]);
    if (!row) throw new DomainError("not-found");
    authorizeIndicator("fill", ctx.actor, row);
    const changed = await tx
      .update(figures)
      .set({
        sourceDepartment: input.department || null,
        sourceDocument: input.document || null,
        sourceDate: input.date,
        version: sql`${figures.version} + 1`,
        authorLabel: ctx.actor.label,
        updatedAt: ctx.now(),
      })
      .where(and(eq(figures.indicatorId, input.indicatorId), eq(figures.field, input.field)))
      .returning();
    if (changed.length === 0) throw new DomainError("figures-missing", { name: row.shortName });
    await rememberChanges(tx, ctx, changed);
    await record(tx, ctx, {
      action: "indicator.source",
      subject: row.id,
      reportId: row.reportId,
      detail: { field: input.field },
    });
  });
}

/** Cuts a revision of each row and puts them before the department's signer. Blanks and unexplained errors stop it. */
export async function submitIndicators(ctx: Context, input: { rows: MoveIndicator[] }): Promise<void> {
  await moveRows(ctx, "submit", input.rows, async (tx, rows) => {
    await requireAnswers(tx, { indicatorIds: rows.map(({ id }) => id) });
    const filled = await workingRows(tx, rows);
    for (const { row } of filled) {
      const blank = FIGURE_FIELDS.filter((field) => isWanted(field) && !row.figures[field]).length;
      if (blank > 0) throw new DomainError("figures-blank", { name: row.shortName, count: blank });
    }
    const { half, reportId } = rows[0] ?? {};
    const found = checkTable(
      filled.map(({ row }) => row),
      { half: half ?? 1 },
    );
    const open = (await waivedIn(tx, reportId ?? "", found)).filter(isBlocking);
    if (open.length > 0) throw new DomainError("findings-open", { count: open.length });
    const revisions = await cutRevisions(tx, ctx, filled);
    return rows.map((row) => ({
      ...along(row, advance(row.route.steps, row.route.course, { is: "submit" })),
      event: "indicator.submitted",
      submittedRevisionId: revisions.get(row.id) ?? null,
      approvedRevisionId: null,
      signedBy: null,
    }));
  });
}

/** 继续修改: approved rows are worked on again; the approval says that it is out of date until they go up. */
export async function reviseIndicators(ctx: Context, input: { rows: MoveIndicator[] }): Promise<void> {
  await moveRows(ctx, "revise", input.rows, async (tx, rows) => {
    await tx.insert(staleApprovals).values(
      rows.map((row) => ({
        jurisdictionId: row.jurisdictionId,
        organId: row.organId,
        indicatorId: row.id,
        indicatorRevisionId: row.approvedRevisionId,
        authorLabel: ctx.actor.label,
        since: ctx.now(),
      })),
    );
    return rows.map((row) => ({ row, event: "indicator.revised" }));
  });
}

/** 撤回: takes the last move back before anybody has decided on it. */
export async function withdrawIndicators(ctx: Context, input: { rows: MoveIndicator[] }): Promise<void> {
  await moveRows(ctx, "withdraw", input.rows, async (_tx, rows) =>
    rows.map((row) => {
      const { steps, course } = row.route;
      const to = course.from ?? "author";
      const signs = steps.find(({ id }) => id === to)?.action === "sign";
      const lost = to === "author" ? SENT_BACK : signs ? { signedBy: null } : {};
      return {
        ...along(row, advance(steps, course, { is: "withdraw", to })),
        ...lost,
        event: "indicator.withdrawn",
        told: presentStep(row.route)?.id ?? null,
      };
    }),
  );
}

/** 签发: the department answers for its figures (统计法 2024 Art 24); on to the office that confirms, if there is one. */
export const signIndicators = (ctx: Context, input: { rows: MoveIndicator[] }) => passStep(ctx, "sign", input.rows);

/** 核对: the confirming office (统计局 for statistics) finds the figures to be its own. */
export const confirmIndicators = (ctx: Context, input: { rows: MoveIndicator[] }) =>
  passStep(ctx, "confirm", input.rows);

export const passIndicators = (ctx: Context, input: { rows: MoveIndicator[] }) => passStep(ctx, "pass", input.rows);

async function passStep(ctx: Context, verb: "sign" | "confirm" | "pass", wanted: readonly MoveIndicator[]) {
  await moveRows(ctx, verb, wanted, async (tx, rows) => {
    await judge(tx, ctx, rows, verb);
    return rows.map((row): Going => {
      const { steps, course, seats } = row.route;
      const posts = seats.map(({ membershipId }) => membershipId);
      const going = along(row, advance(steps, course, { is: "pass", seat: ctx.actor.seatId, seats: posts }));
      // One vote of several: the row stays where it is.
      if (going.round === course.round) return { row };
      const isThrough = going.status === "approved";
      return {
        ...going,
        ...(verb === "sign" ? { signedBy: ctx.actor.userId } : {}),
        ...(isThrough ? { approvedRevisionId: row.submittedRevisionId } : {}),
        event: isThrough ? "indicator.passed" : EVENT_OF[verb],
      };
    });
  });
}

const EVENT_OF = {
  sign: "indicator.signed",
  confirm: "indicator.confirmed",
  pass: "indicator.advanced",
} as const satisfies Record<string, NoticeEvent>;

/** 退回 with reasons, each naming a cell of the row that was judged. */
export async function returnIndicator(ctx: Context, input: ReturnIndicator): Promise<void> {
  await moveRows(ctx, "return", [input], async (tx, rows) => {
    const [row] = rows;
    if (!row) throw new DomainError("not-found");
    const [judged] = await tx
      .select({ row: indicatorRevisions.row })
      .from(indicatorRevisions)
      .where(eq(indicatorRevisions.id, row.submittedRevisionId ?? ""));
    const reviewId = await recordVerdict(tx, ctx, {
      reportId: row.reportId,
      verdict: "return",
      indicatorId: row.id,
      organId: row.organId,
      indicatorRevisionId: row.submittedRevisionId,
      ...whereOf(row),
    });
    const quote = (field: FigureField) => (judged ? printCell(judged.row, field) : "");
    await giveCellReasons(
      tx,
      ctx,
      row,
      reviewId,
      input.reasons.map((reason) => ({ ...reason, quote: quote(reason.field) })),
    );
    const { steps, course } = row.route;
    const going = along(
      row,
      advance(steps, course, { is: "return", to: input.to ?? "author", way: input.way ?? "restart" }),
      "returned",
    );
    const signs = going.status === "signing" ? { signedBy: null } : {};
    const lost = going.stepId === null ? SENT_BACK : { approvedRevisionId: null, ...signs };
    return [{ ...going, ...lost, event: "indicator.returned" }];
  });
}

/** The rows that the approver's reasons name go back with the whole. Called in that decision's transaction. */
export async function returnFromWhole(
  tx: Transaction,
  ctx: Context,
  reportId: string,
  reviewId: string,
  reasons: readonly (CellReason & { indicatorId: string })[],
): Promise<void> {
  const named = [...new Set(reasons.map((reason) => reason.indicatorId))];
  if (named.length === 0) return;
  const rows = await tx
    .select({ indicator: indicators, row: indicatorRevisions.row })
    .from(indicators)
    .innerJoin(indicatorRevisions, eq(indicatorRevisions.id, indicators.approvedRevisionId))
    .where(and(eq(indicators.reportId, reportId), inArray(indicators.id, named)));
  if (rows.length !== named.length) throw new DomainError("reason-not-in-text");
  for (const { indicator, row } of rows) {
    const own = reasons.filter((reason) => reason.indicatorId === indicator.id);
    const quoted = own.map((reason) => ({ ...reason, quote: printCell(row, reason.field) }));
    await giveCellReasons(tx, ctx, indicator, reviewId, quoted);
    await announce(tx, ctx, { event: "indicator.returned", reportId, indicatorId: indicator.id });
  }
  await tx
    .update(indicators)
    .set({ ...SENT_BACK, ...RESTARTS, status: "returned", version: sql`${indicators.version} + 1`, movedAt: ctx.now() })
    .where(inArray(indicators.id, named));
}

/** Where a row goes and what is told of it; only the row when it stays. */
type Going = {
  row: LoadedIndicator;
  event?: NoticeEvent;
  /** Whoever sits here is told, instead of those where it came to. */
  told?: string | null;
  submittedRevisionId?: string | null;
  approvedRevisionId?: string | null;
  signedBy?: string | null;
} & Partial<Omit<CourseColumns, "status"> & { status: IndicatorStatus }>;

function along(row: LoadedIndicator, moved: Moved, atAuthor: "drafting" | "returned" = "drafting") {
  if ("refused" in moved) throw new DomainError(moved.refused);
  const { at } = moved.course;
  const step = at.is === "step" ? row.route.steps.find(({ id }) => id === at.step) : undefined;
  if (at.is === "step" && !step) throw new Error("a row went to a step that is not on its route");
  const status: IndicatorStatus = step ? INDICATOR_STATUS_AT[step.action] : at.is === "done" ? "approved" : atAuthor;
  return { row, ...columnsOf(moved.course), status };
}

/** The road of every move: load and lock, authorize, do it, one audit entry and one event for each row. */
async function moveRows(
  ctx: Context,
  verb: IndicatorAbility & ("submit" | "revise" | "withdraw" | "sign" | "confirm" | "pass" | "return"),
  wanted: readonly MoveIndicator[],
  work: (tx: Transaction, rows: LoadedIndicator[]) => Promise<Going[]>,
): Promise<void> {
  if (wanted.length === 0) throw new DomainError("nothing-chosen");
  await transact(ctx, async (tx) => {
    const rows = await loadIndicators(
      tx,
      wanted.map((row) => row.indicatorId),
    );
    authorizeIndicatorsAt(ctx, verb, rows, wanted);
    const going = await work(tx, rows);
    await setEach(
      tx,
      ctx,
      going.filter((one) => one.status !== undefined),
    );
    const [entry, ...entries] = rows.map((row) => ({
      action: `indicator.${verb}` as const,
      subject: row.id,
      reportId: row.reportId,
      detail: { from: row.status satisfies IndicatorStatus },
    }));
    const [notice, ...notices] = going.flatMap(({ row, event, stepId = null, told = stepId }) =>
      event ? [{ event, reportId: row.reportId, indicatorId: row.id, stepId: told }] : [],
    );
    if (entry) await record(tx, ctx, entry, ...entries);
    if (notice) await announce(tx, ctx, notice, ...notices);
  });
}

const whereOf = ({ route }: LoadedIndicator) => {
  const step = presentStep(route);
  return step ? { stepId: step.id, round: route.course.round } : {};
};

const isWanted = (field: FigureField): boolean => field !== "remark" && field !== "completion";
const saysAlready = (there: Filled["conflicts"][number], wanted: FillCell | undefined): boolean =>
  sameFigure(there.figure, wanted?.figure) && (!there.reason || there.reason === wanted?.reason);
const keyOf = (cell: { indicatorId: string; field: FigureField }): string => `${cell.indicatorId} ${cell.field}`;

/** Two statements, however many cells: those nobody had written, and those that are still at the version named. */
async function writeCells(tx: Transaction, ctx: Context, cells: readonly FillCell[]) {
  const values = cells.map(({ indicatorId, field, version, figure, reason }) => ({
    indicator_id: indicatorId,
    field,
    version,
    ...toColumns(figure),
    reason: field === "completion" && figure ? reason : null,
  }));
  const given = sql`json_to_recordset(${JSON.stringify(values)}::json)
    as x(indicator_id uuid, field figure_field, version int, state figure_state, value numeric, words text, reason text)`;
  const back = sql`returning indicator_id as "indicatorId", field, version`;
  const now = ctx.now().toISOString();
  const added = await tx.execute<{ indicatorId: string; field: FigureField; version: number }>(sql`
    insert into ${figures} (jurisdiction_id, indicator_id, field, state, value, words, reason, version, author_label, updated_at)
    select ${ctx.actor.jurisdictionId}::uuid, x.indicator_id, x.field, x.state, x.value, x.words, x.reason, 1,
           ${ctx.actor.label}, ${now}::timestamptz
      from ${given} where x.version = 0
    on conflict do nothing ${back}`);
  const changed = await tx.execute<{ indicatorId: string; field: FigureField; version: number }>(sql`
    update ${figures} f
       set state = x.state, value = x.value, words = x.words, reason = x.reason, version = f.version + 1,
           author_label = ${ctx.actor.label}, updated_at = ${now}::timestamptz
      from ${given}
     where f.indicator_id = x.indicator_id and f.field = x.field and f.version = x.version and x.version > 0
    returning f.indicator_id as "indicatorId", f.field, f.version`);
  const written = [...added, ...changed];
  if (written.length > 0) {
    await tx.execute(sql`
      insert into ${figureChanges} (jurisdiction_id, indicator_id, field, state, value, words, reason, source_department,
             source_document, source_date, version, author_id, author_label, created_at)
      select f.jurisdiction_id, f.indicator_id, f.field, f.state, f.value, f.words, f.reason, f.source_department,
             f.source_document, f.source_date, f.version, ${ctx.actor.userId}::uuid, f.author_label, f.updated_at
        from ${figures} f
        join json_to_recordset(${JSON.stringify(written)}::json) as x("indicatorId" uuid, field figure_field)
          on x."indicatorId" = f.indicator_id and x.field = f.field`);
  }
  return written;
}

async function rememberChanges(tx: Transaction, ctx: Context, cells: readonly (typeof figures.$inferSelect)[]) {
  await tx
    .insert(figureChanges)
    .values(cells.map(({ updatedAt, ...cell }) => ({ ...cell, authorId: ctx.actor.userId, createdAt: updatedAt })));
}

async function currentCells(tx: Transaction, cells: readonly FillCell[]): Promise<Filled["conflicts"]> {
  if (cells.length === 0) return [];
  const rows = await tx
    .select()
    .from(figures)
    .where(
      inArray(
        figures.indicatorId,
        cells.map((cell) => cell.indicatorId),
      ),
    );
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return cells.map((cell) => {
    const row = byKey.get(keyOf(cell));
    return {
      indicatorId: cell.indicatorId,
      field: cell.field,
      version: row?.version ?? 0,
      figure: row ? fromColumns(row satisfies CellColumns) : null,
      reason: row?.reason ?? null,
      by: row?.authorLabel ?? "",
      at: row?.updatedAt ?? new Date(0),
    };
  });
}

type FilledRow = { indicator: LoadedIndicator; row: SubmittedRow; writers: string[]; last: number };

async function workingRows(tx: Transaction, rows: readonly LoadedIndicator[]): Promise<FilledRow[]> {
  const found = await tx
    .select({
      id: indicators.id,
      cells: cellsOf,
      writers: sql<string[]>`array(select distinct c.author_id from ${figureChanges} c
        where c.indicator_id = indicators.id and not c.carried)`,
      last: sql<number>`coalesce((select max(r.number) from ${indicatorRevisions} r
        where r.indicator_id = indicators.id), 0)::int`,
    })
    .from(indicators)
    .where(
      and(
        isNull(indicators.removedAt),
        inArray(
          indicators.id,
          rows.map((row) => row.id),
        ),
      ),
    );
  const byId = new Map(found.map((row) => [row.id, row]));
  return rows.map((indicator) => {
    const row = byId.get(indicator.id);
    if (!row) throw new DomainError("not-found");
    return { indicator, row: rowOf(indicator, row.cells), writers: row.writers, last: row.last };
  });
}

async function cutRevisions(tx: Transaction, ctx: Context, rows: readonly FilledRow[]) {
  const cut = rows.map(({ indicator, row, writers, last }) => ({
    id: crypto.randomUUID(),
    jurisdictionId: indicator.jurisdictionId,
    indicatorId: indicator.id,
    organId: indicator.organId,
    number: last + 1,
    row,
    writers: [...new Set([...writers, ctx.actor.userId])],
    authorId: ctx.actor.userId,
    authorLabel: ctx.actor.label,
    createdAt: ctx.now(),
  }));
  await tx.insert(indicatorRevisions).values(cut);
  return new Map(cut.map((revision) => [revision.indicatorId, revision.id]));
}

/** One statement, however many rows; they are locked and in the version that was authorized. */
async function setEach(tx: Transaction, ctx: Context, going: readonly Going[]): Promise<void> {
  if (going.length === 0) return;
  const rows = going.map(({ row, event: _event, told: _told, ...to }) => ({
    submittedRevisionId: row.submittedRevisionId,
    approvedRevisionId: row.approvedRevisionId,
    signedBy: row.signedBy,
    ...to,
    id: row.id,
  }));
  await tx.execute(sql`
    update ${indicators} i
       set status = x.status, step_id = x."stepId", round = x.round, came_from = x."cameFrom",
           comeback_step_id = x."comebackStepId", comeback_resumes = x."comebackResumes",
           submitted_revision_id = x."submittedRevisionId", approved_revision_id = x."approvedRevisionId",
           signed_by = x."signedBy", version = i.version + 1, moved_at = ${ctx.now().toISOString()}::timestamptz
      from json_to_recordset(${JSON.stringify(rows)}::json) as x(id uuid, status indicator_status, "stepId" uuid, round int,
           "cameFrom" text, "comebackStepId" uuid, "comebackResumes" boolean, "submittedRevisionId" uuid,
           "approvedRevisionId" uuid, "signedBy" uuid)
     where i.id = x.id`);
}

async function judge(tx: Transaction, ctx: Context, rows: readonly LoadedIndicator[], verdict: Verdict): Promise<void> {
  await recordVerdicts(
    tx,
    ctx,
    rows.map((row) => ({
      reportId: row.reportId,
      verdict,
      indicatorId: row.id,
      organId: row.organId,
      indicatorRevisionId: row.submittedRevisionId,
      ...whereOf(row),
    })),
  );
}
