import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, alsoHolds, contextOf, refusalOf, takeLeaf, type District } from "../../db/testing/factories";
import {
  anEntry,
  anIndicator,
  aReportWithTable,
  FARM_OUTPUT,
  fill,
  number,
  RETAIL,
  RURAL_INCOME,
  stateOf,
  takeIndicator,
  type IndicatorPlan,
  type TestIndicator,
} from "../../db/testing/indicators";
import { auditEntries, editions, figureChanges, figures, indicatorRevisions, indicators } from "../../db/schema";
import { sealEdition } from "../edition/mutations";
import type { Actor } from "../kernel/actor";
import { transact, type Context } from "../kernel/context";
import { compileReport } from "../report/compile-report";
import { approveReport, reopenReport, sendForApproval } from "../report/mutations";
import { rollForward } from "../report/open";
import {
  addCatalogueEntry,
  editCatalogueEntry,
  getCatalogue,
  moveCatalogueEntry,
  removeCatalogueEntry,
} from "./catalogue";
import { fillCells, returnIndicator, signIndicators, submitIndicators, withdrawIndicators } from "./mutations";
import { getIndicatorsPage } from "./queries";
import type { IndicatorStatus } from "./workflow";

let database: TestDatabase;
let district: District;
let elsewhere: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
  elsewhere = await aDistrict(database);
});
afterAll(() => database.close());

describe("adding an entry", () => {
  it("puts it at the end of the table, empty and on its department's desk", async () => {
    const report = await aReportWithTable(district, [FARM_OUTPUT, RURAL_INCOME]);
    await addCatalogueEntry(lead(), { ...anEntry(district, RETAIL), reportId: report.id });
    expect(await tableOf(report.id)).toMatchObject([
      { code: "farm-output", position: 1 },
      { code: "rural-income", position: 2 },
      { code: "retail", position: 3, status: "drafting", version: 1, organId: district.organId.commerce },
    ]);
    expect(await auditedOf(report.id, "indicator.add")).toBe(1);
  });

  it("takes a code once in a report, and again when its entry has been removed", async () => {
    const report = await aReportWithTable(district);
    const again = { ...anEntry(district, FARM_OUTPUT), reportId: report.id };
    expect(await refusalOf(addCatalogueEntry(lead(), again))).toBe("indicator-code-taken");
    await removeCatalogueEntry(lead(), { indicatorId: report.indicators[0]?.id ?? "", version: 1 });
    expect(await refusalOf(addCatalogueEntry(lead(), again))).toBeNull();
    expect(await auditedOf(report.id, "indicator.add")).toBe(1);
  });

  it("does not let an office confirm its own figures", async () => {
    const report = await aReportWithTable(district);
    const organId = district.organId.commerce;
    await addCatalogueEntry(lead(), { ...anEntry(district, RETAIL), confirmOrganId: organId, reportId: report.id });
    expect((await tableOf(report.id))[1]).toMatchObject({ code: "retail", organId, confirmOrganId: null });
  });

  it.each<[string, () => { organId?: string; confirmOrganId?: string }]>([
    ["another district's department", () => ({ organId: elsewhere.organId.agriculture })],
    ["another district's confirming office", () => ({ confirmOrganId: elsewhere.organId.agriculture })],
    ["an office that is not there", () => ({ organId: crypto.randomUUID() })],
    ["the standing committee's office", () => ({ organId: district.organId.congress })],
    ["an office of administrators to confirm", () => ({ confirmOrganId: district.organId.centre })],
  ])("does not give it to %s", async (_, offices) => {
    const report = await aReportWithTable(district);
    const entry = { ...anEntry(district, RETAIL), ...offices(), reportId: report.id };
    expect(await refusalOf(addCatalogueEntry(lead(), entry))).toBe("not-found");
    expect(await tableOf(report.id)).toHaveLength(1);
  });
});

describe("editing an entry", () => {
  const RENAMED = {
    ...FARM_OUTPUT,
    officialName: "农林牧渔业总产值（现价）",
    shortName: "农业总产值",
    aliases: ["农业产值"],
  };
  const MEANING: [string, Partial<IndicatorPlan>][] = [
    ["code", { code: "farm-output-2" }],
    ["unit", { unit: "万元" }],
    ["kind", { kind: "growth-only" }],
    ["department", { department: "bureau" }],
    ["confirming office", { confirmer: "bureau" }],
    ["lack of a confirming office", { confirmer: null }],
  ];

  it.each<IndicatorStatus>(["drafting", "signing", "confirming", "reviewing", "returned", "approved"])(
    "changes its names while its figures are %s, and nobody decides on the older page",
    async (status) => {
      const row = await anIndicator(district, status);
      await editCatalogueEntry(lead(), editing(row, RENAMED));
      expect((await tableOf(row.reportId))[0]).toMatchObject({
        officialName: "农林牧渔业总产值（现价）",
        shortName: "农业总产值",
        aliases: ["农业产值"],
        status,
        version: row.version + 1,
      });
      expect(await refusalOf(editCatalogueEntry(lead(), editing(row, FARM_OUTPUT)))).toBe("stale-version");
      expect(await auditedOf(row.reportId, "indicator.edit")).toBe(1);
    },
  );

  it.each<IndicatorStatus>(["signing", "confirming", "reviewing", "approved"])(
    "changes neither what its figures mean nor whose they are while they are %s",
    async (status) => {
      const row = await anIndicator(district, status);
      for (const [what, change] of MEANING) {
        const edit = editing(row, { ...FARM_OUTPUT, ...change });
        expect(await refusalOf(editCatalogueEntry(lead(), edit)), what).toBe("indicator-in-use");
      }
      expect((await tableOf(row.reportId))[0]).toMatchObject({ code: "farm-output", version: row.version });
    },
  );

  it.each<IndicatorStatus>(["drafting", "returned"])(
    "changes what its figures mean and whose they are while they are %s",
    async (status) => {
      const row = await anIndicator(district, status);
      for (const [nth, [what, change]] of MEANING.entries()) {
        const edit = editing({ ...row, version: row.version + nth }, { ...FARM_OUTPUT, ...change });
        expect(await refusalOf(editCatalogueEntry(lead(), edit)), what).toBeNull();
        expect((await tableOf(row.reportId))[0]).toMatchObject({ status, version: row.version + nth + 1 });
      }
    },
  );

  it("does not take a code that is taken", async () => {
    const report = await aReportWithTable(district, [FARM_OUTPUT, RETAIL]);
    const [row] = report.indicators;
    const edit = { ...anEntry(district, { ...FARM_OUTPUT, code: "retail" }), indicatorId: row?.id ?? "", version: 1 };
    expect(await refusalOf(editCatalogueEntry(lead(), edit))).toBe("indicator-code-taken");
  });

  it("does not hand it to another district", async () => {
    const row = await anIndicator(district);
    const edit = { ...editing(row, FARM_OUTPUT), organId: elsewhere.organId.agriculture };
    expect(await refusalOf(editCatalogueEntry(lead(), edit))).toBe("not-found");
  });
});

describe("an entry that is handed to another department", () => {
  const HANDED = { ...FARM_OUTPUT, department: "commerce", confirmer: "agriculture" } as const;

  it("shows it the cells with their history, and hides them from the one before", async () => {
    const row = await anIndicator(district, "drafting");
    expect(await seenBy(district.commerce.drafter, row)).toMatchObject({ cells: 0, changes: 0, sees: "nothing" });
    await editCatalogueEntry(lead(), editing(row, HANDED));
    const fields = Object.keys(FARM_OUTPUT.figures).length;
    expect(await seenBy(district.commerce.drafter, row)).toMatchObject({
      cells: fields,
      changes: fields,
      sees: "cells",
    });
    expect(await seenBy(district.agriculture.drafter, row)).toMatchObject({ cells: 0, changes: 0, sees: "nothing" });
  });

  it("is filled in and sent up by it alone", async () => {
    const row = await anIndicator(district, "drafting");
    await editCatalogueEntry(lead(), editing(row, HANDED));
    const said = { actual: number("8.04") };
    expect(await refusalOf(fill(as(district.agriculture.drafter), district, row.id, said))).toBe("not-your-department");
    await fill(as(district.commerce.drafter), district, row.id, said);
    await submitIndicators(as(district.commerce.drafter), { rows: [{ indicatorId: row.id, version: 2 }] });
    expect(await stateOf(district, row.id)).toEqual({ status: "signing", version: 3 });
  });

  it("keeps its writers: who typed for the one before does not sign for the new one", async () => {
    const row = await anIndicator(district, "drafting");
    await editCatalogueEntry(lead(), editing(row, { ...HANDED, confirmer: null }));
    await submitIndicators(as(district.commerce.drafter), { rows: [{ indicatorId: row.id, version: 2 }] });
    const asSigner = await alsoHolds(district, district.agriculture.drafter, "commerce", "signer");
    const signing = { rows: [{ indicatorId: row.id, version: 3 }] };
    expect(await refusalOf(signIndicators(as(asSigner), signing))).toBe("own-work");
  });

  it("leaves the one before what it had sent up, and shows the new one that too", async () => {
    const row = await anIndicator(district, "returned");
    await editCatalogueEntry(lead(), editing(row, { ...HANDED, confirmer: null }));
    expect(await seenBy(district.agriculture.signer, row)).toMatchObject({ cells: 0, revisions: 1 });
    expect(await seenBy(district.commerce.signer, row)).toMatchObject({ revisions: 1 });
    expect(await seenBy(district.bureau.signer, row)).toMatchObject({ cells: 0, revisions: 0 });
  });
});

describe("moving an entry", () => {
  it("changes places with its neighbour, and at the end of the table nothing happens", async () => {
    const report = await aReportWithTable(district, [FARM_OUTPUT, RURAL_INCOME, RETAIL]);
    const [, income] = report.indicators;
    const move = (direction: "up" | "down") => moveCatalogueEntry(lead(), { indicatorId: income?.id ?? "", direction });
    await move("up");
    expect(await codesOf(report.id)).toEqual(["rural-income", "farm-output", "retail"]);
    await move("up");
    expect(await codesOf(report.id)).toEqual(["rural-income", "farm-output", "retail"]);
    expect(await auditedOf(report.id, "indicator.move")).toBe(1);
    await move("down");
    await move("down");
    expect(await codesOf(report.id)).toEqual(["farm-output", "retail", "rural-income"]);
  });

  it("passes by an entry that has been removed", async () => {
    const report = await aReportWithTable(district, [FARM_OUTPUT, RURAL_INCOME, RETAIL]);
    const [, income, retail] = report.indicators;
    await removeCatalogueEntry(lead(), { indicatorId: income?.id ?? "", version: 1 });
    await moveCatalogueEntry(lead(), { indicatorId: retail?.id ?? "", direction: "up" });
    expect(await codesOf(report.id)).toEqual(["retail", "farm-output"]);
  });
});

describe("removing an entry", () => {
  it("takes it out of the table and its figures with it", async () => {
    const report = await aReportWithTable(district, [FARM_OUTPUT, RURAL_INCOME]);
    const [row] = report.indicators;
    if (!row) throw new Error("a row is missing");
    await takeIndicator(district, row, "drafting");
    await removeCatalogueEntry(lead(), { indicatorId: row.id, version: 1 });
    expect(await codesOf(report.id)).toEqual(["rural-income"]);
    const page = await transact(drafter(), (tx) => getIndicatorsPage(tx, drafter(), report.slug));
    expect(page.rows.map(({ code }) => code)).toEqual(["rural-income"]);
    const compiled = await transact(lead(), (tx) => compileReport(tx, report.id));
    expect(compiled.missing.filter(({ kind }) => kind === "indicator")).toHaveLength(1);
    const cells = [{ indicatorId: row.id, field: "actual" as const, version: 1, figure: null, reason: null }];
    expect(await refusalOf(fillCells(drafter(), { cells }))).toBe("not-found");
    const twice = removeCatalogueEntry(lead(), { indicatorId: row.id, version: 1 });
    expect(await refusalOf(twice)).toBe("not-found");
  });

  it.each<IndicatorStatus>(["signing", "confirming", "reviewing", "approved", "returned"])(
    "is refused once its figures are %s",
    async (status) => {
      const row = await anIndicator(district, status);
      const removing = removeCatalogueEntry(lead(), { indicatorId: row.id, version: row.version });
      expect(await refusalOf(removing)).toBe("indicator-in-use");
    },
  );

  it("is refused when its figures have gone up once, though they were withdrawn", async () => {
    const row = await anIndicator(district, "signing");
    await withdrawIndicators(drafter(), { rows: [{ indicatorId: row.id, version: row.version }] });
    const { status, version } = await stateOf(district, row.id);
    expect(status).toBe("drafting");
    expect(await refusalOf(removeCatalogueEntry(lead(), { indicatorId: row.id, version }))).toBe("indicator-in-use");
  });

  it("is refused on an older page", async () => {
    const row = await anIndicator(district);
    await editCatalogueEntry(lead(), editing(row, FARM_OUTPUT));
    expect(await refusalOf(removeCatalogueEntry(lead(), { indicatorId: row.id, version: 1 }))).toBe("stale-version");
  });
});

describe("the catalogue", () => {
  const verbs = (ctx: Context, row: TestIndicator): Record<string, () => Promise<unknown>> => ({
    add: () => addCatalogueEntry(ctx, { ...anEntry(district, RETAIL), reportId: row.reportId }),
    edit: () => editCatalogueEntry(ctx, { ...editing({ ...row, version: 1 }, FARM_OUTPUT), shortName: "农业" }),
    move: () => moveCatalogueEntry(ctx, { indicatorId: row.id, direction: "down" }),
    remove: () => removeCatalogueEntry(ctx, { indicatorId: row.id, version: 1 }),
  });

  it("is the lead bureau's to change, and nobody else's", async () => {
    const report = await aReportWithTable(district, [FARM_OUTPUT, RURAL_INCOME]);
    const [row] = report.indicators;
    if (!row) throw new Error("a row is missing");
    const before = await tableOf(report.id);
    for (const { role, actor, refusal } of [
      { role: "its drafter", actor: district.agriculture.drafter, refusal: "not-your-role" },
      { role: "its signer", actor: district.agriculture.signer, refusal: "not-your-role" },
      { role: "another department's drafter", actor: district.bureau.drafter, refusal: "not-your-role" },
      { role: "the approver", actor: district.government.approver, refusal: "not-your-role" },
      { role: "a member", actor: district.congress.member, refusal: "not-found" },
      { role: "the clerk", actor: district.congress.clerk, refusal: "not-found" },
      { role: "an administrator", actor: district.centre.sysadmin, refusal: "not-found" },
      { role: "another district's lead", actor: elsewhere.bureau.lead, refusal: "not-found" },
    ]) {
      for (const [verb, act] of Object.entries(verbs(as(actor), row))) {
        expect(await refusalOf(act()), `${role} ${verb}`).toBe(refusal);
      }
    }
    expect(await tableOf(report.id)).toEqual(before);
  });

  it("is closed while the report is before the approver, and open again when it is recalled or reopened", async () => {
    const { report, row } = await aWholeReport();
    await sendForApproval(lead(), { reportId: report.id, version: 1 });
    for (const [verb, act] of Object.entries(verbs(lead(), row))) {
      expect(await refusalOf(act()), verb).toBe("report-not-collecting");
    }
    const page = await transact(lead(), (tx) => getCatalogue(tx, lead(), report.slug));
    expect(page.refusal).toBe("report-not-collecting");
  });

  it("offers departments and the lead bureau as owners, and no other office", async () => {
    const report = await aReportWithTable(district);
    const { offices } = await transact(lead(), (tx) => getCatalogue(tx, lead(), report.slug));
    expect(offices.map(({ id }) => id).toSorted()).toEqual(
      [district.organId.agriculture, district.organId.commerce, district.organId.bureau].toSorted(),
    );
  });
});

describe("a change of the catalogue", () => {
  it("reaches neither a sealed edition nor the report that it was taken over into", async () => {
    const { report, row } = await aWholeReport();
    const next = await rollForward(lead(), {
      fromReportId: report.id,
      slug: `${report.slug}-next`,
      name: "下期报告",
      year: 2025,
      half: 1,
      dueOn: "2025-07-19",
    });
    await sendForApproval(lead(), { reportId: report.id, version: 1 });
    const { hash } = await transact(lead(), (tx) => compileReport(tx, report.id));
    await approveReport(as(district.government.approver), { reportId: report.id, version: 2, documentHash: hash });
    const edition = await sealEdition(lead(), { reportId: report.id, version: 3, kind: "meeting" });
    const sealed = await editionOf(edition.id);
    const rolled = await tableOf(next);

    await reopenReport(lead(), { reportId: report.id, version: 4, reason: "更正名称。" });
    await editCatalogueEntry(lead(), {
      ...editing(row, { ...FARM_OUTPUT, officialName: "农业总产值", shortName: "农业总产值" }),
    });
    expect((await transact(lead(), (tx) => compileReport(tx, report.id))).hash).not.toBe(hash);
    expect(await editionOf(edition.id)).toEqual(sealed);
    expect(sealed?.document.annexes[0]?.rows[0]?.[1]).toBe("农林牧渔业总产值");
    expect(await tableOf(next)).toEqual(rolled);

    await editCatalogueEntry(lead(), {
      ...anEntry(district, { ...FARM_OUTPUT, code: "farm", unit: "万元" }),
      indicatorId: rolled[0]?.id ?? "",
      version: 1,
    });
    expect((await tableOf(report.id))[0]).toMatchObject({ code: "farm-output", unit: "亿元" });
  });

  it("of a row that was sent back is in what goes up next, and what went up before stays as it was", async () => {
    const row = await anIndicator(district, "reviewing");
    await returnIndicator(lead(), {
      indicatorId: row.id,
      version: row.version,
      reasons: [{ field: "actual", text: "单位有误。" }],
    });
    const renamed = { ...FARM_OUTPUT, unit: "万元" };
    await editCatalogueEntry(lead(), editing({ ...row, version: row.version + 1 }, renamed));
    await takeIndicator(district, row, "signing", {});
    const rows = await database.owner.db
      .select()
      .from(indicatorRevisions)
      .where(eq(indicatorRevisions.indicatorId, row.id))
      .orderBy(asc(indicatorRevisions.number));
    expect(rows.map((one) => one.row.unit)).toEqual(["亿元", "万元"]);
  });
});

const as = (actor: Actor): Context => contextOf(database, actor);
const lead = () => as(district.bureau.lead);
const drafter = () => as(district.agriculture.drafter);
const editing = (row: { id: string; version: number }, plan: IndicatorPlan) => ({
  ...anEntry(district, plan),
  indicatorId: row.id,
  version: row.version,
});

async function aWholeReport() {
  const report = await aReportWithTable(district);
  for (const leaf of report.leaves) await takeLeaf(district, leaf, "approved");
  const [row] = report.indicators;
  if (!row) throw new Error("the report has no indicator");
  return { report, row: await takeIndicator(district, row, "approved") };
}

/** What is in the table, without what has been taken out of it. */
async function tableOf(reportId: string) {
  const rows = await database.owner.db
    .select()
    .from(indicators)
    .where(eq(indicators.reportId, reportId))
    .orderBy(asc(indicators.position));
  return rows.filter(({ removedAt }) => removedAt === null);
}

const codesOf = async (reportId: string) => (await tableOf(reportId)).map(({ code }) => code);

async function auditedOf(reportId: string, action: string): Promise<number> {
  const rows = await database.owner.db.select().from(auditEntries).where(eq(auditEntries.reportId, reportId));
  return rows.filter((row) => row.action === action).length;
}

async function editionOf(id: string) {
  const [row] = await database.owner.db.select().from(editions).where(eq(editions.id, id));
  return row;
}

async function seenBy(actor: Actor, row: { id: string; reportId: string }) {
  const ctx = as(actor);
  const [report] = await database.owner.sql<{ slug: string }[]>`select slug from reports where id = ${row.reportId}`;
  return transact(ctx, async (tx) => {
    const page = await getIndicatorsPage(tx, ctx, report?.slug ?? "");
    return {
      sees: page.rows[0]?.sees,
      cells: await tx.$count(figures, eq(figures.indicatorId, row.id)),
      changes: await tx.$count(figureChanges, eq(figureChanges.indicatorId, row.id)),
      revisions: await tx.$count(indicatorRevisions, eq(indicatorRevisions.indicatorId, row.id)),
    };
  });
}
