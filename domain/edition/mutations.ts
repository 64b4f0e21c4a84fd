import { and, desc, eq, isNotNull, max, notInArray, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { deliveries, editions, organs, reports } from "../../db/schema";
import type { EditionMark } from "../../render/edition-mark";
import type { ReportDocument } from "../../render/report-document";
import { record } from "../audit/record";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { localDay } from "../kernel/working-days";
import { announce } from "../notice/announce";
import { compileReport } from "../report/compile-report";
import { authorizeReportAt, loadReportForChange, type LoadedReport } from "../report/load";
import { authorizeReport } from "../report/policy";
import { countLacks, readLacks } from "./lacks";
import { makeRecord } from "./make-record";
import { markOf } from "./mark";
import { findReader, listReaders } from "./readers";
import {
  deliverAbility,
  isDraft,
  outdatedBy,
  recipientRefusal,
  sealAbility,
  sealRefusal,
  type GivenTo,
  type Reader,
} from "./policy";
import type { DeliverEdition, Recipient, RecipientGroup, SealEdition } from "./schema";
import { codeOf, sealHash, sealOf } from "./seal";
import { DRAFT_KINDS, type EditionKind } from "./workflow";

/** What sealing is told by those who know the deployment: nothing in tests and in the demonstration. */
export type SealMeans = {
  /** Where the printed code can be verified: https://host. */
  origin?: string | null;
  /** Characters that no face can print, as far as whoever prints knows them (render/pdf/glyph-report.ts). */
  unprintable?: (document: ReportDocument, mark: EditionMark) => readonly string[] | "fonts-missing";
};

/**
 * 封存: freezes the text as the report's next edition, with the record of its making, chained to the edition before by hash. A
 * final kind takes the approved whole; 征求意见稿 and 送审稿 take what is approved so far. What is not ready needs a written
 * reason, and a final edition after a delivered one says what it corrects. Returns the edition's id and number.
 */
export async function sealEdition(
  ctx: Context,
  input: SealEdition,
  { origin = null, unprintable = () => [] }: SealMeans = {},
): Promise<{ id: string; number: number }> {
  return transact(ctx, async (tx) => {
    const report = await loadReportForChange(tx, input.reportId);
    authorizeReportAt(ctx, sealAbility(input.kind), report, input.version);
    const compiled = await compileReport(tx, report.id);
    const { document, hash } = compiled;
    if (!isDraft(input.kind) && hash !== report.documentHash) throw new DomainError("document-changed");
    const lacks = await readLacks(tx, ctx, report.id, compiled);
    const [open, delivered] = [countLacks(lacks), await lastDelivered(tx, report.id)];
    const { exception = null, supersedes = null, notice = null } = input;
    const isEmpty = document.blocks.length === 0 && document.annexes.length === 0;
    const facts = { kind: input.kind, open, isEmpty, delivered: delivered?.number ?? null };
    const refusal = sealRefusal(facts, { exception, supersedes, notice });
    if (refusal) throw new DomainError(refusal, { count: open, number: delivered?.number ?? 0 });
    const corrected = isDraft(input.kind) ? undefined : delivered;
    const kept: Kept = {
      input,
      document,
      hash,
      contents: await makeRecord(tx, report.id, compiled, lacks),
      open,
      exception: open > 0 ? exception : null,
      corrected,
      notice: corrected ? notice : null,
      origin,
    };
    return keep(tx, ctx, report, kept, (mark) => {
      const missing = unprintable(document, mark);
      if (missing === "fonts-missing") throw new DomainError("fonts-missing");
      if (missing.length === 0) return;
      throw new DomainError("characters-missing", { characters: missing.slice(0, 10).join(" ") });
    });
  });
}

type Kept = {
  input: SealEdition;
  document: ReportDocument;
  hash: string;
  contents: Awaited<ReturnType<typeof makeRecord>>;
  /** How much was not ready. */
  open: number;
  exception: string | null;
  corrected: { id: string; number: number } | undefined;
  notice: string | null;
  origin: string | null;
};

async function keep(
  tx: Transaction,
  ctx: Context,
  report: LoadedReport,
  { input, document, hash, contents, open, exception, corrected, notice, origin }: Kept,
  mustPrint: (mark: EditionMark) => void,
): Promise<{ id: string; number: number }> {
  // A statement of its own after the lock: it sees what whoever held the lock before has sealed, so the chain never forks.
  const [last] = await tx
    .select({ number: editions.number, seal: editions.sealSha256 })
    .from(editions)
    .where(eq(editions.reportId, report.id))
    .orderBy(desc(editions.number))
    .limit(1);
  const number = (last?.number ?? 0) + 1;
  const row = {
    number,
    kind: input.kind,
    name: report.name,
    document,
    sha256: hash,
    record: contents,
    origin,
    notice,
    exception,
    sealedLabel: ctx.actor.label,
    sealedAt: ctx.now(),
  };
  const edition = { ...row, supersedes: corrected?.number ?? null };
  const sealSha256 = sealHash(sealOf(edition, last?.seal ?? null));
  const code = codeOf(sealSha256);
  mustPrint(markOf({ ...edition, code }));
  const id = crypto.randomUUID();
  await tx.insert(editions).values({
    ...row,
    id,
    jurisdictionId: report.jurisdictionId,
    reportId: report.id,
    sealSha256,
    code,
    supersedesId: corrected?.id ?? null,
    sealedBy: ctx.actor.userId,
  });
  // A second seal posted from the same page must not make a second edition.
  await tx
    .update(reports)
    .set({ version: report.version + 1 })
    .where(and(eq(reports.id, report.id), eq(reports.version, report.version)));
  await record(tx, ctx, {
    action: "edition.seal",
    subject: id,
    reportId: report.id,
    detail: {
      number,
      kind: input.kind,
      sha256: hash,
      ...(corrected ? { supersedes: corrected.number } : {}),
      ...(open === 0 ? {} : { open }),
    },
  });
  return { id, number };
}

/** The final edition that was delivered and sealed last: what a later final one corrects. */
async function lastDelivered(
  tx: Transaction,
  reportId: string,
): Promise<{ id: string; number: number; kind: EditionKind } | undefined> {
  const [edition] = await tx
    .select({ id: editions.id, number: editions.number, kind: editions.kind })
    .from(editions)
    .where(
      and(
        eq(editions.reportId, reportId),
        notInArray(editions.kind, [...DRAFT_KINDS]),
        sql`exists (select 1 from ${deliveries} d where d.edition_id = editions.id)`,
      ),
    )
    .orderBy(desc(editions.number))
    .limit(1);
  return edition;
}

/**
 * 送交: from now on these recipients may read the edition; they are told, and nobody else. An edition may be given to more
 * people later, but not once one is sealed that takes its place. A day to answer by is put off by giving it again with a later
 * one; the department is told so. Throws answer-day-earlier where it would be brought forward.
 */
export async function deliverEdition(ctx: Context, input: DeliverEdition): Promise<void> {
  await transact(ctx, async (tx) => {
    const [found] = await tx
      .select({ reportId: editions.reportId })
      .from(editions)
      .where(eq(editions.id, input.editionId));
    if (!found) throw new DomainError("not-found");
    // Members see editions but not the report behind them: to them this is not their role, not a missing record.
    if (ctx.actor.role !== "lead") throw new DomainError("not-your-role");
    const report = await loadReportForChange(tx, found.reportId);
    const sealed = await tx
      .select({
        id: editions.id,
        number: editions.number,
        kind: editions.kind,
        supersedesId: editions.supersedesId,
        isGiven: sql<boolean>`exists (select 1 from ${deliveries} d where d.edition_id = editions.id)`,
      })
      .from(editions)
      .where(eq(editions.reportId, report.id));
    const edition = sealed.find(({ id }) => id === input.editionId);
    if (!edition) throw new DomainError("not-found");
    authorizeReport(deliverAbility(edition.kind), ctx.actor, report);
    const newer = outdatedBy(edition, sealed);
    if (newer) throw new DomainError("edition-outdated", { number: newer.number });
    const answerBy = answerDay(ctx, edition.kind, input.answerBy ?? null);
    const recipients = await recipientsOf(tx, edition.kind, input);
    const days = answerBy === null ? null : await readAnswerDays(tx, edition.id);
    const put = recipients.map((to) => ({ to, before: days && dayOf(days, to) }));
    const latest = put
      .flatMap(({ before }) => before ?? [])
      .toSorted()
      .at(-1);
    if (answerBy !== null && latest !== undefined && answerBy < latest) {
      throw new DomainError("answer-day-earlier", { day: latest });
    }
    const isExtended = ({ before }: { before: string | null }) => before !== null && before !== answerBy;
    // One moment for rows and event: that is how the event's readers are those of this delivery. What only puts the day
    // off has the next one, and an event of its own.
    const at = ctx.now();
    const [first, afterwards] = [
      { ...ctx, now: () => at },
      { ...ctx, now: () => new Date(at.getTime() + 1) },
    ];
    const given = await tx
      .insert(deliveries)
      .values(
        put.map(({ to, before }) => ({
          jurisdictionId: report.jurisdictionId,
          editionId: edition.id,
          toRole: "role" in to ? to.role : null,
          toOrganId: "organId" in to ? to.organId : null,
          toMembershipId: "membershipId" in to ? to.membershipId : null,
          answerBy,
          deliveredBy: ctx.actor.userId,
          deliveredLabel: ctx.actor.label,
          deliveredAt: (isExtended({ before }) ? afterwards : first).now(),
        })),
      )
      .onConflictDoNothing()
      .returning({ id: deliveries.id, at: deliveries.deliveredAt });
    if (given.length === 0) throw new DomainError("edition-delivered");
    if (!isDraft(edition.kind) && report.status !== "delivered") {
      await tx
        .update(reports)
        .set({ status: "delivered", version: report.version + 1 })
        .where(and(eq(reports.id, report.id), eq(reports.version, report.version)));
    }
    await record(tx, first, {
      action: "edition.deliver",
      subject: edition.id,
      reportId: report.id,
      detail: { number: edition.number, recipients: given.length },
    });
    const event =
      edition.kind === "consultation"
        ? "edition.consulted"
        : edition.supersedesId === null
          ? "edition.delivered"
          : "edition.corrected";
    const of = { reportId: report.id, editionId: edition.id };
    const isFirst = (one: { at: Date }) => one.at.getTime() === at.getTime();
    if (given.some(isFirst)) await announce(tx, first, { event, ...of });
    if (!given.every(isFirst)) await announce(tx, afterwards, { event: "edition.extended", ...of });
  });
}

/** A 征求意见稿 says until when answers are asked for; no other edition asks for any. */
function answerDay(ctx: Context, kind: EditionKind, day: string | null): string | null {
  if (kind !== "consultation") return null;
  if (day === null) throw new DomainError("answer-day-missing");
  if (day < localDay(ctx.now())) throw new DomainError("day-past");
  return day;
}

/** Of a 征求意见稿 the last day that was given: to the roles, and to each department by whatever road (`posts`: where one sits). */
type AnswerDays = { role: string | null; organs: ReadonlyMap<string, string>; posts: ReadonlyMap<string, string> };

async function readAnswerDays(tx: Transaction, editionId: string): Promise<AnswerDays> {
  const [organDays, [roles], posts] = await Promise.all([
    tx.execute<{ organ_id: string; day: string | null }>(
      sql`select organ_id, answer_by::text as day from consulted_organs(${editionId})`,
    ),
    tx
      .select({ day: max(deliveries.answerBy) })
      .from(deliveries)
      .where(and(eq(deliveries.editionId, editionId), isNotNull(deliveries.toRole))),
    listReaders(tx),
  ]);
  return {
    role: roles?.day ?? null,
    organs: new Map(organDays.flatMap(({ organ_id: organ, day }) => (day === null ? [] : [[organ, day] as const]))),
    posts: new Map(posts.map(({ id, organId }) => [id, organId])),
  };
}

/** What the recipient's department was asked by until now: a role or a department that has a day keeps at least that one. */
function dayOf({ role, organs: days, posts }: AnswerDays, to: GivenTo): string | null {
  if ("role" in to) return role;
  const organ = "organId" in to ? to.organId : posts.get(to.membershipId);
  return (organ && days.get(organ)) ?? null;
}

const GROUPS: Record<RecipientGroup, readonly Reader[]> = {
  committee: ["clerk", "member"],
  departments: ["drafter", "signer"],
};

/** Whom an edition of a kind usually goes to. */
const usual = (kind: EditionKind): Recipient[] =>
  isDraft(kind) ? [{ group: "departments" }] : [{ group: "committee" }, { group: "departments" }];

/** The chosen recipients, each once, all of them allowed for the kind. */
async function recipientsOf(tx: Transaction, kind: EditionKind, input: DeliverEdition): Promise<GivenTo[]> {
  const person = input.person ?? "";
  const chosen = input.to ?? (person === "" ? usual(kind) : []);
  const needsReaders = person !== "" || chosen.some((to) => "membershipId" in to);
  const [readers, offices] = await Promise.all([
    needsReaders ? listReaders(tx) : [],
    chosen.some((to) => "organId" in to) ? tx.select({ id: organs.id, kind: organs.kind }).from(organs) : [],
  ]);
  const check = (facts: Parameters<typeof recipientRefusal>[1] | undefined) => {
    const refusal = facts ? recipientRefusal(kind, facts) : "recipient-unknown";
    if (refusal) throw new DomainError(refusal);
  };
  const found = new Map<string, GivenTo>();
  const add = (to: GivenTo) => found.set(JSON.stringify(to), to);
  for (const to of chosen) {
    if ("group" in to || "role" in to) {
      for (const role of "group" in to ? GROUPS[to.group] : [to.role]) {
        check({ role });
        add({ role });
      }
    } else if ("organId" in to) {
      const office = offices.find(({ id }) => id === to.organId);
      check(office && { organKind: office.kind });
      add({ organId: to.organId });
    } else {
      const reader = readers.find(({ id }) => id === to.membershipId);
      check(reader);
      add({ membershipId: to.membershipId });
    }
  }
  if (person !== "") {
    const reader = findReader(person, readers);
    check(reader);
    if (reader) add({ membershipId: reader.id });
  }
  if (found.size === 0) throw new DomainError("recipients-missing");
  return [...found.values()];
}
