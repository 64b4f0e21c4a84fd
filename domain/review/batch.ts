import { inArray, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { indicatorRevisions, reports, revisions, type SubmittedRow } from "../../db/schema";
import { checkTable } from "../check/check-table";
import { isBlocking, type Finding } from "../check/finding";
import { confirmIndicators, passIndicators, signIndicators } from "../indicator/mutations";
import { waivedIn } from "../indicator/waivers";
import type { Context } from "../kernel/context";
import { DomainError, type RefusalKey, type RefusalParams } from "../kernel/errors";
import { PASSING, type Passing } from "../route/policy";
import type { StepAction } from "../route/workflow";
import { fingerprintOf, followed, readFigures, type Figures } from "../section/bindings";
import { checkSection } from "../section/check-section";
import { bindingsOf, type Content } from "../section/content";
import { passSection, signSection } from "../section/decisions";
import { partTitle } from "../section/part-title";
import type { Chosen, PassBatch } from "./batch-schema";
import { IN_ORDER, LOOK, waitingFor } from "./waiting";
import type { QueueKind } from "./queue-asked";

/** One item of a batch, with what there is to know of it before it is passed among others. */
export type BatchLine = {
  kind: QueueKind;
  id: string;
  name: string;
  organ: string;
  slug: string;
  reportName: string;
  version: number;
  /** The revision (稿次) that would be passed. */
  number: number;
  step: string;
  verb: Passing;
  /** Paragraphs of a text; 0 of a row. */
  paragraphs: number;
  /** Bound figures of a text, filled cells of a row. */
  figures: number;
  /** Findings that nobody has corrected or explained; errors are those that block a submission. */
  findings: { open: number; errors: number };
  seen: "never" | "same" | "changed";
  fingerprint: string | null;
};

export type Batch = {
  lines: BatchLine[];
  /** How many of the chosen do not wait for the actor any more. */
  gone: number;
};

/** Exactly what is chosen, as it stands now. The same number of queries for each report, however many items. */
export async function getBatch(tx: Transaction, ctx: Context, chosen: readonly Chosen[]): Promise<Batch> {
  if (chosen.length === 0) return { lines: [], gone: 0 };
  const items = await readItems(tx, ctx, chosen);
  const ids = [...new Set(items.map(({ reportId }) => reportId))];
  const settings = await settingsOf(tx, ids);
  const checked = await Promise.all(
    ids.map(async (reportId) => {
      const figures = await readFigures(tx, ctx, reportId, settings.get(reportId)?.half ?? 1);
      const its = items.filter((item) => item.reportId === reportId);
      return linesOf(tx, its, reportId, figures, settings.get(reportId)?.year ?? 0);
    }),
  );
  const order = new Map(items.map(({ id }, index) => [id, index]));
  const lines = checked.flat().toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  return { lines, gone: chosen.length - lines.length };
}

export type Passed = { kind: QueueKind; id: string } & (
  | { is: "passed" }
  | { is: "refused"; key: RefusalKey; params: RefusalParams }
  /** Something broke at this item, or had broken before it was its turn: it is as it was. */
  | { is: "broken"; error: unknown }
  | { is: "untried" }
);

/**
 * Passes one after the other, each in a transaction of its own as if it had been opened: what a rule is against stays and
 * is named, the others go on. Nothing is left unsaid: there is an answer for every item, also when the database goes away.
 */
export async function passBatch(ctx: Context, { items }: PassBatch): Promise<Passed[]> {
  const answers: Passed[] = [];
  for (const item of items) {
    const { kind, id } = item;
    if (answers.some(({ is }) => is === "broken")) {
      answers.push({ kind, id, is: "untried" });
      continue;
    }
    try {
      await passOne(ctx, item);
      answers.push({ kind, id, is: "passed" });
    } catch (error) {
      if (error instanceof DomainError) answers.push({ kind, id, is: "refused", key: error.key, params: error.params });
      else answers.push({ kind, id, is: "broken", error });
    }
  }
  return answers;
}

async function passOne(ctx: Context, { kind, id, version, verb, figures }: PassBatch["items"][number]): Promise<void> {
  if (kind === "row") {
    const move = { sign: signIndicators, confirm: confirmIndicators, pass: passIndicators }[verb];
    return move(ctx, { rows: [{ indicatorId: id, version }] });
  }
  const move = { sectionId: id, version };
  if (verb === "sign") return signSection(ctx, move);
  return passSection(ctx, figures ? { ...move, figures } : move);
}

type ItemRow = {
  kind: QueueKind;
  id: string;
  name: string;
  organ: string;
  slug: string;
  reportName: string;
  reportId: string;
  version: number;
  step: string;
  action: StepAction;
  seen: BatchLine["seen"];
  content: Content | null;
  row: SubmittedRow | null;
  number: number;
  part: string | null;
};

function readItems(tx: Transaction, ctx: Context, chosen: readonly Chosen[]) {
  const ids = JSON.stringify(chosen.map(({ id }) => id));
  return tx.execute<ItemRow>(sql`
    select m.kind, m.id, m.name, o.short_name as organ, r.slug, r.name as "reportName", r.id as "reportId", m.version,
           t.name as step, t.action, x.content, y."row" as row, coalesce(x.number, y.number, 0) as number,
           ${LOOK} as seen,
           (select ${partTitle} from sections where sections.id = m.id) as part
      from ${waitingFor(ctx)}
      left join ${revisions} x on m.kind = 'leaf' and x.id = m.revision_id
      left join ${indicatorRevisions} y on m.kind = 'row' and y.id = m.revision_id
     where m.id in (select value::uuid from json_array_elements_text(${ids}::json))
     order by ${IN_ORDER}`);
}

async function settingsOf(tx: Transaction, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { half: number; year: number }>();
  const rows = await tx
    .select({ id: reports.id, half: reports.half, year: reports.year })
    .from(reports)
    .where(inArray(reports.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}

async function linesOf(
  tx: Transaction,
  items: readonly ItemRow[],
  reportId: string,
  figures: Figures,
  year: number,
): Promise<BatchLine[]> {
  const table = [...figures.table.values()];
  const ofTable = items.some(({ kind }) => kind === "row") ? checkTable(table, { half: figures.half }) : [];
  const found = items.map((item): Finding[] => {
    if (item.kind === "row")
      return ofTable.filter(({ where }) => where.in === "table" && where.indicator === item.row?.code);
    if (!item.content) return [];
    return checkSection(followed(item.content, figures), table, { half: figures.half, year, part: item.part });
  });
  const waived = await waivedIn(tx, reportId, found.flat());
  const explained = new Set(waived.flatMap(({ waivedBy, key }) => (waivedBy === null ? [] : [key])));
  return items.map((item, index) => {
    const open = (found[index] ?? []).filter(
      ({ severity, waivedBy, key }) => severity !== "info" && waivedBy === null && !explained.has(key),
    );
    const text = item.content && followed(item.content, figures);
    const bound = text ? bindingsOf(text).length : 0;
    return {
      kind: item.kind,
      id: item.id,
      name: item.name,
      organ: item.organ,
      slug: item.slug,
      reportName: item.reportName,
      version: item.version,
      number: item.number,
      step: item.step,
      seen: item.seen,
      verb: verbOf(item.action),
      paragraphs: text?.content.length ?? 0,
      figures: item.row ? Object.keys(item.row.figures).length : bound,
      findings: { open: open.length, errors: open.filter(isBlocking).length },
      fingerprint: text && bound > 0 ? fingerprintOf(text) : null,
    };
  });
}

const verbOf = (action: StepAction): Passing =>
  (Object.entries(PASSING).find(([, passed]) => passed === action)?.[0] as Passing | undefined) ?? "pass";
