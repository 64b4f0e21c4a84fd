import { and, asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEntries, deliveries, editions, memberships, receipts, reports } from "../../db/schema";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  alsoHolds,
  aReport,
  aReportIn,
  contextOf,
  refusalOf,
  takeLeaf,
  type District,
  type ReportInState,
} from "../../db/testing/factories";
import { inThisOrder } from "../../db/testing/races";
import { getConsultation } from "../consultation/queries";
import { addEvidence, removeEvidence } from "../evidence/mutations";
import type { Actor } from "../kernel/actor";
import { canonicalJson, sha256Hex } from "../kernel/canonical-json";
import { transact, type Context } from "../kernel/context";
import { reviseSection } from "../section/mutations";
import { noteOpening } from "./openings";
import { deliverEdition, sealEdition } from "./mutations";
import { getEdition, getEditionsPage, getReceipts, listDelivered } from "./queries";
import { listReaders } from "./readers";
import { recordDownload } from "./record-download";
import { codeOf, recordHash, sealHash, type Seal } from "./seal";
import { verifyEdition } from "./verify";

const WHOLE = {
  leaves: [
    { department: "bureau", kind: "title", title: "标题" },
    { department: "agriculture", kind: "text", title: "农业" },
    { department: "commerce", kind: "text", title: "商务" },
  ],
} as const;
const EXCEPTION = "会期已定，先送各部门征求意见，缺的段落随后补齐。";
const NOTICE = "农业部分完成比例有误，已按统计局口径更正。";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

describe("sealing", () => {
  it("chains each edition to the one before, so that all of it can be computed again", async () => {
    const report = await aReportIn(district, "approved", WHOLE);
    await sealEdition(lead(), { reportId: report.id, version: 3, kind: "review" });
    await sealEdition(
      lead(),
      { reportId: report.id, version: 4, kind: "submission" },
      { origin: "https://huibao.example" },
    );
    await sealEdition(lead(), { reportId: report.id, version: 5, kind: "meeting" });
    const sealed = await editionsOf(report.id);
    expect(sealed.map(({ number }) => number)).toEqual([1, 2, 3]);
    let previous: string | null = null;
    for (const edition of sealed) {
      expect(edition.sha256).toBe(sha256Hex(canonicalJson(edition.document)));
      const seal = sealOf(edition, report.slug, previous);
      expect(edition.sealSha256).toBe(sealHash(seal));
      expect(edition.code).toBe(codeOf(edition.sealSha256));
      previous = edition.sealSha256;
    }
    expect(new Set(sealed.map(({ code }) => code)).size).toBe(3);
  });

  it("by two leads at once makes two numbers in one chain, never a fork", async () => {
    const report = await aReportIn(district, "approved", WHOLE);
    const seals = (version: number) => ({
      actor: district.bureau.lead,
      does: (ctx: Context) => sealEdition(ctx, { reportId: report.id, version, kind: "meeting" as const }),
    });
    // The second has seen the version that the first leaves behind, and waits for its lock.
    expect(await inThisOrder(database, seals(3), seals(4))).toEqual({ first: null, second: null });
    const [first, second] = await editionsOf(report.id);
    if (!first || !second) throw new Error("two editions were not sealed");
    expect([first.number, second.number]).toEqual([1, 2]);
    expect(second.sealSha256).toBe(sealHash(sealOf(second, report.slug, first.sealSha256)));
  });

  it("of what is not ready needs a written reason, and records what is missing", async () => {
    const report = await aReport(district, WHOLE);
    const [title, farming] = report.leaves;
    if (!title || !farming) throw new Error("no leaves");
    const draft = { reportId: report.id, version: 1, kind: "consultation" as const };
    expect(await refusalOf(sealEdition(lead(), draft))).toBe("seal-not-ready");
    await takeLeaf(district, title, "approved", "关于上半年计划执行情况的报告");
    await takeLeaf(district, farming, "approved", "农业情况良好。");
    expect(await refusalOf(sealEdition(lead(), draft))).toBe("seal-not-ready");
    const sealed = await sealEdition(lead(), { ...draft, exception: EXCEPTION });
    const [edition] = await editionsOf(report.id);
    expect(edition).toMatchObject({ number: 1, kind: "consultation", exception: EXCEPTION });
    expect(edition?.record.missing.map((one) => one.title)).toEqual(["商务"]);
    expect(await entryOf("edition.seal", sealed.id)).toMatchObject({ number: 1, kind: "consultation", open: 1 });
    // A final kind takes the approved whole and nothing less, whatever the reason.
    const final = { ...draft, version: 2, kind: "meeting" as const, exception: EXCEPTION };
    expect(await refusalOf(sealEdition(lead(), final))).toBe("report-not-approved");
  });

  it("of a report in which nothing is approved is refused, with a reason or without", async () => {
    const report = await aReport(district, { leaves: [{ department: "agriculture", kind: "title", title: "标题" }] });
    const [node] = await database.owner.sql<{ n: number }[]>`
      select count(*)::int as n from sections where report_id = ${report.id} and kind = 'part'`;
    expect(node?.n).toBe(1);
    await database.owner.sql`delete from sections where report_id = ${report.id} and kind = 'part'`;
    const input = { reportId: report.id, version: 1, kind: "review" as const, exception: EXCEPTION };
    expect(await refusalOf(sealEdition(lead(), input))).toBe("whole-empty");
  });

  it("keeps no reason where everything was ready", async () => {
    const report = await aReportIn(district, "approved", WHOLE);
    await sealEdition(lead(), { reportId: report.id, version: 3, kind: "meeting", exception: EXCEPTION });
    expect((await editionsOf(report.id))[0]).toMatchObject({ exception: null, record: { missing: [] } });
  });

  it("of a text with an error that nobody explained needs a reason too, and names the error", async () => {
    const leaf = { department: "agriculture", kind: "text", title: "农业" } as const;
    const report = await aReport(district, { leaves: [leaf] });
    const [only] = report.leaves;
    if (!only) throw new Error("no leaf");
    await takeLeaf(district, only, "approved", "三次产业结构调整为10:40:50。");
    // Nobody can pass a text with an error; it is here as if the check had come after it was passed.
    await database.owner.sql`
      update revisions set content = replace(content::text, '10:40:50', '10:40:60')::jsonb where section_id = ${only.id}`;
    const input = { reportId: report.id, version: 1, kind: "consultation" as const };
    const page = await transact(lead(), (tx) => getEditionsPage(tx, lead(), report.slug));
    const blocking = page.lacks?.findings.length ?? 0;
    expect(blocking).toBeGreaterThan(0);
    expect(await refusalOf(sealEdition(lead(), input))).toBe("seal-not-ready");
    await sealEdition(lead(), { ...input, exception: EXCEPTION });
    const [edition] = await editionsOf(report.id);
    expect(edition?.record.open).toHaveLength(blocking);
    expect(edition?.record.open?.[0]).toMatchObject({ kind: "finding", title: "农业" });
  });

  it("is refused while a character of the text, or of the notice, cannot be printed", async () => {
    const report = await aReportIn(district, "approved", WHOLE);
    const input = { reportId: report.id, version: 3, kind: "meeting" as const };
    const seen: string[] = [];
    const unprintable = (_: unknown, mark: { kind: string; code: string }) => {
      seen.push(mark.kind, mark.code);
      return ["𬭚 U+2CB5A"];
    };
    expect(await refusalOf(sealEdition(lead(), input, { unprintable }))).toBe("characters-missing");
    expect(seen[0]).toBe("会议稿");
    expect(seen[1]).toMatch(/^\w{5}-\w{5}$/);
    expect(await refusalOf(sealEdition(lead(), input, { unprintable: () => "fonts-missing" }))).toBe("fonts-missing");
    expect(await editionsOf(report.id)).toEqual([]);
  });

  it("keeps who wrote, signed, passed and approved, the acts, and what was attached", async () => {
    const report = await aReport(district, WHOLE);
    const [title, farming, trade] = report.leaves;
    if (!title || !farming || !trade) throw new Error("no leaves");
    await addEvidence(as(district.agriculture.drafter), {
      sectionId: farming.id,
      name: "快报.pdf",
      bytes: Buffer.from("%PDF-1.7\n%%EOF"),
    });
    for (const leaf of [title, farming, trade]) await takeLeaf(district, leaf, "approved", `${leaf.title}情况良好。`);
    await sealEdition(lead(), { reportId: report.id, version: 1, kind: "review" });
    const [edition] = await editionsOf(report.id);
    const { approvals, attachments, audit } = edition?.record ?? { approvals: [], attachments: [], audit: [] };
    expect(approvals.filter(({ of }) => of === farming.id)).toMatchObject([
      { kind: "leaf", title: "农业", number: 1, verdict: "write", step: null, by: "department drafter" },
      { verdict: "sign", step: "部门签发", by: "department signer" },
      { verdict: "pass", step: "牵头审核", by: "lead lead" },
    ]);
    expect(attachments).toMatchObject([{ name: "快报.pdf", kind: "leaf", of: farming.id, title: "农业" }]);
    expect(attachments[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(audit.map(({ action }) => action)).toEqual([
      "report.open",
      ...[title, farming, trade].flatMap(() => ["section.submit", "section.sign", "section.pass"]),
    ]);
    // Offices' labels and times; no account, no address, no draft.
    expect(JSON.stringify(edition?.record)).not.toContain(district.agriculture.drafter.userId);
    expect(new Set(audit.flatMap((act) => Object.keys(act)))).toEqual(new Set(["at", "by", "action", "subject"]));
  });
});

describe("the attachments that an edition keeps", () => {
  it("are those of the printed text when it went up, whatever came or went while it is written anew", async () => {
    const report = await aReport(district, WHOLE);
    const [, farming] = report.leaves;
    if (!farming) throw new Error("no leaves");
    const drafter = as(district.agriculture.drafter);
    const attach = (name: string) =>
      addEvidence(drafter, { sectionId: farming.id, name, bytes: Buffer.from("%PDF-1.7\n%%EOF") });
    await removeEvidence(drafter, { evidenceId: (await attach("早已撤下.pdf")).id });
    const proof = await attach("快报.pdf");
    for (const leaf of report.leaves) await takeLeaf(district, leaf, "approved", `${leaf.title}情况良好。`);
    const [at] = await database.owner.sql<{ version: number }[]>`select version from sections where id = ${farming.id}`;
    await reviseSection(drafter, { sectionId: farming.id, version: at?.version ?? 0 });
    await attach("新稿.pdf");
    await removeEvidence(drafter, { evidenceId: proof.id });
    await sealEdition(lead(), { reportId: report.id, version: 1, kind: "review", exception: EXCEPTION });
    const [edition] = await editionsOf(report.id);
    expect(edition?.record.attachments).toMatchObject([
      { id: proof.id, name: "快报.pdf", mediaType: "application/pdf", of: farming.id, title: "农业" },
    ]);
    const revision = edition?.document.contributions.find(({ section }) => section === farming.id)?.revision ?? "";
    const told = (ctx: Context) =>
      transact(ctx, (tx) => tx.execute(sql`select * from printed_attachments(array[${revision}::uuid])`));
    expect(await told(lead())).toHaveLength(1);
    expect([...(await told(as(district.commerce.drafter))), ...(await told(approver()))]).toEqual([]);
  });
});

describe("a correction", () => {
  it("says what it corrects and why; the old edition stays and is marked, the new one comes first", async () => {
    const report = await aReportIn(district, "delivered", WHOLE);
    const before = await transact(member(), (tx) => getEdition(tx, report.editionId));
    const input = { reportId: report.id, version: 5, kind: "revised" as const };
    expect(await refusalOf(sealEdition(lead(), input))).toBe("correction-unexplained");
    expect(await refusalOf(sealEdition(lead(), { ...input, supersedes: 7, notice: NOTICE }))).toBe(
      "correction-changed",
    );
    const second = await sealEdition(lead(), { ...input, supersedes: 1, notice: NOTICE });
    const [first, corrected] = await editionsOf(report.id);
    expect(corrected).toMatchObject({ supersedesId: first?.id, notice: NOTICE });
    // Nobody is told before it is delivered.
    expect((await transact(member(), (tx) => getEdition(tx, report.editionId))).newer).toBeNull();
    await deliverEdition(lead(), { editionId: second.id, to: [{ role: "clerk" }] });
    const after = await transact(member(), (tx) => getEdition(tx, report.editionId));
    expect(after).toEqual({ ...before, newer: 2 });
    expect(await refusalOf(transact(member(), (tx) => getEdition(tx, second.id)))).toBe("not-found");
    expect(await transact(clerk(), (tx) => getEdition(tx, second.id))).toMatchObject({ supersedes: 1, notice: NOTICE });
  });

  it("takes the old one's place: that one is given to nobody any more", async () => {
    const report = await aReportIn(district, "approved", WHOLE);
    const first = await sealEdition(lead(), { reportId: report.id, version: 3, kind: "submission" });
    const second = await sealEdition(lead(), { reportId: report.id, version: 4, kind: "meeting" });
    expect(await refusalOf(deliverEdition(lead(), { editionId: first.id }))).toBe("edition-outdated");
    await deliverEdition(lead(), { editionId: second.id });
    expect(await refusalOf(deliverEdition(lead(), { editionId: first.id }))).toBe("edition-outdated");
  });

  it("and the old one's delivery at the same moment: what is delivered first must be corrected", async () => {
    const report = await aReportIn(district, "approved", WHOLE);
    const first = await sealEdition(lead(), { reportId: report.id, version: 3, kind: "submission" });
    const delivers = {
      actor: district.bureau.lead,
      does: (ctx: Context) => deliverEdition(ctx, { editionId: first.id }),
    };
    const seals = {
      actor: district.bureau.lead,
      does: (ctx: Context) => sealEdition(ctx, { reportId: report.id, version: 5, kind: "meeting" }),
    };
    expect(await inThisOrder(database, delivers, seals)).toEqual({ first: null, second: "correction-unexplained" });
  });
});

describe("delivering", () => {
  it("reaches the chosen roles, offices and posts; later others, and nobody twice", async () => {
    const { report, editionId } = await sealedReport();
    const { congress, agriculture } = district;
    const to = [{ role: "clerk" as const }, { membershipId: congress.member.membershipId }];
    await deliverEdition(lead(), { editionId, to });
    expect(await readersNow(editionId)).toEqual(["clerk", "member"]);
    expect(await refusalOf(deliverEdition(lead(), { editionId, to }))).toBe("edition-delivered");
    await deliverEdition(lead(), { editionId, to: [...to, { organId: district.organId.commerce }] });
    expect(await readersNow(editionId)).toEqual(["clerk", "commerce drafter", "commerce signer", "member"]);
    const readers = await transact(lead(), listReaders);
    const named = readers.find(({ id }) => id === agriculture.drafter.membershipId);
    await deliverEdition(lead(), { editionId, person: named?.label ?? "" });
    expect(await readersNow(editionId)).toContain("agriculture drafter");
    const [row] = await database.owner.db.select().from(reports).where(eq(reports.id, report.id));
    // The first delivery moved the report, the others changed nothing of it.
    expect(row).toMatchObject({ status: "delivered", version: 5 });
    expect(await database.owner.db.$count(deliveries, eq(deliveries.editionId, editionId))).toBe(4);
  });

  it("is refused without recipients, to administrators and to strangers", async () => {
    const { editionId } = await sealedReport();
    const elsewhere = await aDistrict(database);
    const tries = [
      [{ to: [] }, "recipients-missing"],
      [{ to: [{ organId: district.organId.centre }] }, "recipient-unknown"],
      [{ to: [{ organId: elsewhere.organId.commerce }] }, "recipient-unknown"],
      [{ to: [{ membershipId: elsewhere.congress.member.membershipId }] }, "recipient-unknown"],
      [{ to: [{ membershipId: district.centre.sysadmin.membershipId }] }, "recipient-unknown"],
      [{ person: "没有这个人" }, "recipient-unknown"],
    ] as const;
    for (const [choice, refusal] of tries) {
      const { to, ...person } = { to: undefined, ...choice };
      const input = { editionId, ...person, ...(to ? { to: [...to] } : {}) };
      expect(await refusalOf(deliverEdition(lead(), input)), JSON.stringify(choice)).toBe(refusal);
    }
    expect(await database.owner.db.$count(deliveries, eq(deliveries.editionId, editionId))).toBe(0);
  });

  it("of a 征求意见稿 goes to departments, with a day to answer by, and moves the report nowhere", async () => {
    const report = await aReportIn(district, "collecting", WHOLE);
    const { id } = await sealEdition(lead(), { reportId: report.id, version: 1, kind: "consultation" });
    expect(await refusalOf(deliverEdition(lead(), { editionId: id }))).toBe("answer-day-missing");
    const past = { editionId: id, answerBy: "2020-01-01" };
    expect(await refusalOf(deliverEdition(lead(), past))).toBe("day-past");
    const answerBy = "2099-01-01";
    const toMembers = { editionId: id, answerBy, to: [{ group: "committee" as const }] };
    expect(await refusalOf(deliverEdition(lead(), toMembers))).toBe("recipient-not-for-draft");
    await deliverEdition(lead(), { editionId: id, answerBy });
    const given = await database.owner.db.select().from(deliveries).where(eq(deliveries.editionId, id));
    expect(given.map((one) => [one.toRole, one.answerBy]).toSorted()).toEqual([
      ["drafter", answerBy],
      ["signer", answerBy],
    ]);
    const [row] = await database.owner.db.select().from(reports).where(eq(reports.id, report.id));
    expect(row).toMatchObject({ status: "collecting", version: 2 });
  });

  it("of a 征求意见稿 again puts the day off and tells that, and never brings it forward", async () => {
    const report = await aReportIn(district, "collecting", WHOLE);
    const { id } = await sealEdition(lead(), { reportId: report.id, version: 1, kind: "consultation" });
    const office = [{ organId: district.organId.commerce }];
    const again = (answerBy: string, to?: { organId: string }[]) =>
      deliverEdition(lead(), { editionId: id, answerBy, ...(to ? { to } : {}) });
    await again("2099-01-10");
    expect(await refusalOf(again("2099-01-10"))).toBe("edition-delivered");
    expect(await refusalOf(again("2099-01-09"))).toBe("answer-day-earlier");
    expect(await refusalOf(again("2099-01-09", office))).toBe("answer-day-earlier");
    await again("2099-01-20", office);
    await again("2099-01-15");
    const days = await database.owner.sql<{ day: string; name: string }[]>`
      select o.short_name as name, max(d.answer_by)::text as day from deliveries d
        left join organs o on o.id = d.to_organ_id where d.edition_id = ${id} group by 1`;
    expect(days.map(({ name, day }) => [name, day])).toEqual(
      expect.arrayContaining([
        [null, "2099-01-15"],
        ["商务局", "2099-01-20"],
      ]),
    );
    const { organs } = await transact(lead(), (tx) =>
      getConsultation(tx, lead(), id, { organ: null, openOnly: false, page: 1 }),
    );
    expect(organs.map(({ name, answerBy }) => [name, answerBy])).toEqual([
      ["农业农村局", "2099-01-15"],
      ["发改局", "2099-01-15"],
      ["商务局", "2099-01-20"],
    ]);
    const told = await database.owner.sql<{ event: string; day: string }[]>`
      select o.event, edition_facts(o) ->> 'answerBy' as day from outbox o where o.edition_id = ${id} order by o.created_at`;
    expect(told.map(({ event, day }) => [event, day])).toEqual([
      ["edition.consulted", "2099-01-10"],
      ["edition.extended", "2099-01-20"],
      ["edition.extended", "2099-01-15"],
    ]);
  });

  it("lists an edition once, however often it was delivered", async () => {
    const { report, editionId } = await sealedReport();
    for (const role of ["clerk", "member", "drafter"] as const)
      await deliverEdition(lead(), { editionId, to: [{ role }] });
    for (const ctx of [lead(), clerk(), member()]) {
      const mine = (await transact(ctx, (tx) => listDelivered(tx))).filter(({ id }) => id === editionId);
      expect(mine, ctx.actor.role).toHaveLength(1);
    }
    const page = await transact(lead(), (tx) => getEditionsPage(tx, lead(), report.slug));
    expect(page.editions).toMatchObject([{ id: editionId, newer: null, outdatedBy: null }]);
    expect(page.editions[0]?.deliveries).toHaveLength(3);
  });
});

describe("a receipt", () => {
  it("of whoever acts for a post counts for its holder too, and one of their own does not", async () => {
    const holder = district.agriculture.signer;
    const deputy = await aColleague(district, "agriculture", "drafter");
    const { jurisdictionId, organId, role, membershipId: actingFor } = holder;
    const [held] = await database.owner.db
      .insert(memberships)
      .values({
        jurisdictionId,
        organId,
        role,
        userId: deputy.userId,
        actingFor,
        startsAt: new Date(Date.now() - 3_600_000),
        endsAt: new Date(Date.now() + 3_600_000),
      })
      .returning({ id: memberships.id });
    const openedBy = async (opener: (label: string) => Actor) => {
      const { report, editionId } = await sealedReport();
      const to = [{ membershipId: actingFor }, { membershipId: deputy.membershipId }];
      await deliverEdition(lead(), { editionId, to });
      const before = await transact(lead(), (tx) => getReceipts(tx, lead(), editionId));
      expect(before.readers.map(({ openedAt }) => openedAt)).toEqual([null, null]);
      const [{ name } = { name: "" }] = await database.owner.sql<{ name: string }[]>`
        select case when starts_with(u.name, o.short_name) then u.name else o.short_name || ' ' || u.name end as name
          from users u, organs o where u.id = ${holder.userId} and o.id = ${organId}`;
      const ctx = contextOf(database, opener(name));
      await transact(ctx, (tx) => noteOpening(tx, ctx, { id: editionId, reportId: report.id }));
      const { readers } = await transact(lead(), (tx) => getReceipts(tx, lead(), editionId));
      return readers.find(({ label }) => label === name)?.openedAt ?? null;
    };
    expect(await openedBy(() => deputy)).toBeNull();
    const acting = (name: string): Actor => ({
      ...deputy,
      role: "signer",
      membershipId: held?.id ?? "",
      seatId: actingFor,
      label: `${deputy.label}（代${name}）`,
    });
    expect(await openedBy(acting)).toBeInstanceOf(Date);
    await database.owner.sql`update memberships set ended_at = now() where user_id = ${deputy.userId}`;
  });

  it("is written at the first opening of somebody it was given to, once, also by a download", async () => {
    const { report, editionId } = await sealedReport();
    await deliverEdition(lead(), { editionId, to: [{ role: "clerk" }, { role: "member" }] });
    const edition = { id: editionId, reportId: report.id };
    const open = (ctx: Context) => transact(ctx, (tx) => noteOpening(tx, ctx, edition));
    expect(await Promise.all([open(member()), open(member())])).toContain(true);
    expect(await open(member())).toBe(false);
    expect([await open(lead()), await open(approver())]).toEqual([false, false]);
    await transact(clerk(), (tx) => recordDownload(tx, clerk(), { editionId, reportId: report.id, format: "pdf" }));
    const kept = await database.owner.db.select().from(receipts).where(eq(receipts.editionId, editionId));
    expect(kept.map(({ label }) => label).toSorted()).toEqual(["congress clerk", "congress member"]);
    expect(await audited("edition.open", editionId)).toBe(2);
    expect(await audited("edition.download", editionId)).toBe(1);
  });

  it("is listed with those who have not opened it, for the lead bureau and the committee's office alone", async () => {
    const { report, editionId } = await sealedReport();
    const two = await alsoHolds(district, district.congress.clerk, "congress", "member");
    await deliverEdition(lead(), { editionId, to: [{ role: "clerk" }, { role: "member" }] });
    await transact(member(), (tx) => noteOpening(tx, member(), { id: editionId, reportId: report.id }));
    for (const ctx of [lead(), clerk()]) {
      const { readers, deliveries: given } = await transact(ctx, (tx) => getReceipts(tx, ctx, editionId));
      // A person with two posts is one reader.
      expect(readers.map(({ openedAt }) => openedAt !== null).toSorted()).toEqual([false, true]);
      expect(given).toHaveLength(2);
    }
    for (const actor of [district.congress.member, two, district.agriculture.signer, district.government.approver]) {
      const ctx = as(actor);
      expect(await refusalOf(transact(ctx, (tx) => getReceipts(tx, ctx, editionId)))).toBe("not-found");
    }
  });
});

describe("verifying a code", () => {
  it("says what it is and whether it is current, to nobody in particular, and nothing of the text", async () => {
    const { report, editionId } = await sealedReport();
    const [edition] = await editionsOf(report.id);
    const code = edition?.code ?? "";
    const ask = (hash: string | null = null) => verifyEdition(database.app.db, code, hash);
    expect(await ask()).toMatchObject({ kind: "meeting", number: 1, state: "undelivered", newer: null, file: null });
    await deliverEdition(lead(), { editionId });
    expect(await ask()).toMatchObject({ state: "current", jurisdiction: `${district.code}区` });
    expect(Object.keys((await ask()) ?? {}).toSorted()).toEqual(
      ["file", "jurisdiction", "kind", "newer", "number", "sealedAt", "state"].toSorted(),
    );
    const second = await sealEdition(lead(), {
      reportId: report.id,
      version: 5,
      kind: "revised",
      supersedes: 1,
      notice: NOTICE,
    });
    expect(await ask()).toMatchObject({ state: "current", newer: null });
    await deliverEdition(lead(), { editionId: second.id });
    expect(await ask()).toMatchObject({ state: "superseded", newer: 2 });
    expect(await verifyEdition(database.app.db, "0000000000", null)).toBeNull();
  });

  it("knows the text's hash and the stored files' by their hashes, also those of another delivered number", async () => {
    const { report, editionId } = await sealedReport();
    const [first] = await editionsOf(report.id);
    await aFile(editionId, "pdf", "1".repeat(64));
    await deliverEdition(lead(), { editionId });
    const input = { reportId: report.id, version: 5, kind: "revised" as const, supersedes: 1, notice: NOTICE };
    const second = await sealEdition(lead(), input);
    await aFile(second.id, "pdf", "2".repeat(64));
    const ask = async (hash: string) => (await verifyEdition(database.app.db, first?.code ?? "", hash))?.file;
    expect(await ask("1".repeat(64))).toEqual({ is: "pdf", number: 1 });
    expect(await ask(first?.sha256 ?? "")).toEqual({ is: "document", number: 1 });
    expect(await ask("3".repeat(64))).toBeNull();
    expect(await ask("2".repeat(64)), "sealed and not delivered").toBeNull();
    await deliverEdition(lead(), { editionId: second.id });
    expect(await ask("2".repeat(64))).toEqual({ is: "pdf", number: 2 });
  });

  it("says nothing of the consultation's texts to who holds the code of another kind", async () => {
    const { report, editionId } = await sealedReport();
    const [first] = await editionsOf(report.id);
    await deliverEdition(lead(), { editionId });
    await database.owner.sql`
      insert into editions (jurisdiction_id, report_id, number, kind, name, document, sha256, record, seal_sha256, code, sealed_by, sealed_label, sealed_at)
      select jurisdiction_id, report_id, 2, k, name, document, ${"5".repeat(64)}, record, md5(k::text), upper(substr(md5(id::text || k), 1, 10)), sealed_by, sealed_label, sealed_at
        from editions, unnest('{consultation}'::edition_kind[]) k where id = ${editionId}`;
    const [, consultation] = await editionsOf(report.id);
    await database.owner.sql`
      insert into deliveries (jurisdiction_id, edition_id, to_role, delivered_by, delivered_label, delivered_at)
      select jurisdiction_id, id, 'drafter', sealed_by, sealed_label, sealed_at from editions where id = ${consultation?.id ?? ""}`;
    const ask = async (code: string) => (await verifyEdition(database.app.db, code, "5".repeat(64)))?.file;
    expect(await ask(consultation?.code ?? "")).toEqual({ is: "document", number: 2 });
    expect(await ask(first?.code ?? "")).toBeNull();
  });
});

const as = (actor: Actor) => contextOf(database, actor);
const lead = () => as(district.bureau.lead);
const approver = () => as(district.government.approver);
const member = () => as(district.congress.member);
const clerk = () => as(district.congress.clerk);

async function sealedReport(): Promise<{ report: ReportInState; editionId: string }> {
  const report = await aReportIn(district, "approved", WHOLE);
  const { id } = await sealEdition(lead(), { reportId: report.id, version: 3, kind: "meeting" });
  return { report, editionId: id };
}

const editionsOf = (reportId: string) =>
  database.owner.db.select().from(editions).where(eq(editions.reportId, reportId)).orderBy(asc(editions.number));

type Row = Awaited<ReturnType<typeof editionsOf>>[number];

/** The seal as its row tells it: what verifying does. */
const sealOf = (edition: Row, slug: string, previous: string | null): Seal => ({
  schema: "huibao.seal/1",
  report: slug,
  jurisdiction: `${district.code}区`,
  number: edition.number,
  kind: edition.kind,
  name: edition.name,
  document: edition.sha256,
  record: recordHash(edition.record),
  previous,
  supersedes: null,
  notice: edition.notice,
  exception: edition.exception,
  origin: edition.origin,
  sealedBy: edition.sealedLabel,
  sealedAt: edition.sealedAt.toISOString(),
});

const audited = (action: string, subjectId: string) =>
  database.owner.db.$count(auditEntries, and(eq(auditEntries.action, action), eq(auditEntries.subjectId, subjectId)));

async function entryOf(action: string, subjectId: string) {
  const [row] = await database.owner.db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.action, action), eq(auditEntries.subjectId, subjectId)));
  return row?.detail;
}

/** Which of the district's first people may read it now. */
async function readersNow(editionId: string): Promise<string[]> {
  const people: [string, Actor][] = [
    ["clerk", district.congress.clerk],
    ["member", district.congress.member],
    ["agriculture drafter", district.agriculture.drafter],
    ["agriculture signer", district.agriculture.signer],
    ["commerce drafter", district.commerce.drafter],
    ["commerce signer", district.commerce.signer],
  ];
  const may: string[] = [];
  for (const [name, actor] of people)
    if ((await refusalOf(transact(as(actor), (tx) => getEdition(tx, editionId)))) === null) may.push(name);
  return may.toSorted();
}

async function aFile(editionId: string, format: string, hash: string): Promise<void> {
  await database.owner.sql`
    insert into edition_files (edition_id, format, jurisdiction_id, sha256, row_sha256, size, bytes, maker, made_at)
    values (${editionId}, ${format}, ${district.jurisdictionId}, ${hash}, ${hash}, 1, '\\x00', 'test', now())
    on conflict (edition_id, format) do update set sha256 = excluded.sha256`;
}
