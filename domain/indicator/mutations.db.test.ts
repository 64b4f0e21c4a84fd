import { and, asc, desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerAll } from "../../db/testing/answers";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  alsoHolds,
  contextOf,
  refusalOf,
  takeLeaf,
  type Department,
  type District,
} from "../../db/testing/factories";
import {
  aCell,
  anIndicator,
  aReportWithTable,
  correctIndicator,
  estimate,
  FARM_OUTPUT,
  fill,
  NOT_APPLICABLE,
  number,
  PENDING,
  RETAIL,
  RURAL_INCOME,
  stateOf,
  takeIndicator,
  words,
  type IndicatorInState,
} from "../../db/testing/indicators";
import {
  auditEntries,
  figureChanges,
  figures,
  indicatorRevisions,
  indicators,
  outbox,
  reviewReasons,
  reviews,
  waivers,
} from "../../db/schema";
import type { Actor } from "../kernel/actor";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { returnReport, sendForApproval } from "../report/mutations";
import { fromColumns } from "./cell";
import type { Figure, FigureField } from "./figure";
import {
  confirmIndicators,
  fillCells,
  passIndicators,
  returnIndicator,
  setSource,
  signIndicators,
  submitIndicators,
  withdrawIndicators,
} from "./mutations";
import { getCellDetail, getIndicatorsPage } from "./queries";
import { FillCells, MoveIndicators } from "./schema";
import { explainFinding } from "./waivers";
import type { IndicatorStatus } from "./workflow";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

describe("filling in cells", () => {
  it.each<[string, FigureField, Figure | null]>([
    ["a number with the decimals it was displayed with", "planTotal", number("21.50")],
    ["a whole number that ends in zeros", "lastActual", number("54800")],
    ["a negative number", "growth", number("-4.03")],
    ["an estimate", "actual", estimate("59.10")],
    ["what is not applicable", "planTotal", NOT_APPLICABLE],
    ["what is not fed back yet", "rankTotal", PENDING],
    ["words", "lastActual", words("增长1%")],
    ["a blank that somebody made", "growth", null],
  ])("keeps %s as it was typed, and its author", async (_, field, figure) => {
    const row = await anEmptyRow();
    const said = await fillCells(drafter(), { cells: [aCell(row.id, field, figure, 0)] });
    expect(said).toEqual({ saved: [{ indicatorId: row.id, field, version: 1 }], conflicts: [] });
    expect(await cellOf(row.id, field)).toMatchObject({ figure, version: 1, by: drafter().actor.label });
    expect(await historyOf(row.id, field)).toMatchObject([
      { figure, version: 1, authorId: drafter().actor.userId, carried: false },
    ]);
    const shown = await transact(drafter(), (tx) => getIndicatorsPage(tx, drafter(), row.slug));
    expect(shown.rows[0]?.cells[field]).toMatchObject({ figure, version: 1 });
  });

  it("refuses more decimals than the catalogue wants, and keeps nothing of the batch", async () => {
    const row = await anEmptyRow();
    await database.owner.db
      .update(indicators)
      .set({ decimals: { actual: 2 } })
      .where(eq(indicators.id, row.id));
    const cells = [aCell(row.id, "planTotal", number("21.505"), 0), aCell(row.id, "actual", number("8.031"), 0)];
    expect(await refusalOf(fillCells(drafter(), { cells }))).toBe("figure-too-fine");
    expect(await historyOf(row.id, "planTotal")).toEqual([]);
  });

  it("remembers every change with its author, newest first", async () => {
    const colleague = await aColleague(district, "agriculture", "drafter");
    const row = await anEmptyRow();
    await fillCells(drafter(), { cells: [aCell(row.id, "actual", number("8.0"), 0)] });
    await fillCells(as(colleague), { cells: [aCell(row.id, "actual", number("8.03"), 1)] });
    await fillCells(drafter(), { cells: [aCell(row.id, "actual", null, 2)] });
    const { history } = await transact(drafter(), (tx) => getCellDetail(tx, row.id, "actual"));
    expect(history.map(({ figure }) => figure)).toEqual([null, number("8.03"), number("8.0")]);
    expect((await historyOf(row.id, "actual")).map(({ authorId }) => authorId)).toEqual([
      drafter().actor.userId,
      colleague.userId,
      drafter().actor.userId,
    ]);
  });

  it("that a colleague has changed meanwhile gives back what is there, whose it is and since when, and keeps the rest", async () => {
    const colleague = await aColleague(district, "agriculture", "drafter");
    const row = await anIndicator(district);
    const at = new Date("2024-07-10T01:00:00Z");
    await fillCells({ ...as(colleague), now: () => at }, { cells: [aCell(row.id, "actual", number("8.10"), 1)] });
    const said = await fillCells(drafter(), {
      cells: [aCell(row.id, "actual", number("8.20"), 1), aCell(row.id, "growth", number("4.2"), 1)],
    });
    expect(said.saved).toEqual([{ indicatorId: row.id, field: "growth", version: 2 }]);
    expect(said.conflicts).toEqual([
      {
        indicatorId: row.id,
        field: "actual",
        version: 2,
        figure: number("8.10"),
        reason: null,
        by: colleague.label,
        at,
      },
    ]);
    expect(await cellOf(row.id, "actual")).toMatchObject({ figure: number("8.10"), version: 2 });
  });

  it("on a version that is not there yet gives back that nothing is there", async () => {
    const row = await anEmptyRow();
    const said = await fillCells(drafter(), { cells: [aCell(row.id, "actual", number("8.03"), 3)] });
    expect(said.conflicts).toMatchObject([{ field: "actual", version: 0, figure: null, by: "" }]);
    expect(await cellOf(row.id, "actual")).toBeNull();
  });

  it("that says the same already counts as saved in the version that is there, and adds no change", async () => {
    const row = await anIndicator(district);
    await fillCells(drafter(), { cells: [aCell(row.id, "actual", number("8.10"), 1)] });
    const said = await fillCells(drafter(), { cells: [aCell(row.id, "actual", number("8.10"), 1)] });
    expect(said).toEqual({ saved: [{ indicatorId: row.id, field: "actual", version: 2 }], conflicts: [] });
    expect(await historyOf(row.id, "actual")).toHaveLength(2);
  });

  it.each<[string, FigureField, Figure, Figure]>([
    ["a number for the estimate", "actual", estimate("8.03"), number("8.03")],
    ["an estimate for the number", "actual", number("8.10"), estimate("8.10")],
    ["one precision for another", "growth", number("4.10"), number("4.1")],
    ["a slash in words for what is not applicable", "planTotal", NOT_APPLICABLE, words("/")],
  ])("does not take %s that prints alike", async (_, field, there, typed) => {
    const row = await anIndicator(district);
    await fillCells(drafter(), { cells: [aCell(row.id, field, there, 1)] });
    const said = await fillCells(drafter(), { cells: [aCell(row.id, field, typed, 1)] });
    expect(said.saved).toEqual([]);
    expect(said.conflicts).toMatchObject([{ field, figure: there, version: 2 }]);
  });

  it("does not take one reason for a typed completion for another", async () => {
    const row = await anEmptyRow();
    await fillCells(drafter(), {
      cells: [aCell(row.id, "completion", number("37.34"), 0, "按未四舍五入的计划数计算。")],
    });
    const said = await fillCells(drafter(), {
      cells: [aCell(row.id, "completion", number("37.34"), 0, "按上级核定数计算。")],
    });
    expect(said.conflicts).toMatchObject([{ figure: number("37.34"), reason: "按未四舍五入的计划数计算。" }]);
  });

  it("keeps the reason of a typed completion, and forgets it with the completion", async () => {
    const row = await anEmptyRow();
    await fillCells(drafter(), { cells: [aCell(row.id, "completion", number("37.34"), 0, "按未四舍五入的计划数。")] });
    expect(await cellOf(row.id, "completion")).toMatchObject({ reason: "按未四舍五入的计划数。" });
    await fillCells(drafter(), { cells: [aCell(row.id, "completion", null, 1)] });
    expect(await cellOf(row.id, "completion")).toMatchObject({ figure: null, reason: null });
    await fillCells(drafter(), { cells: [aCell(row.id, "growth", number("4.1"), 0, "不该有的理由。")] });
    expect(await cellOf(row.id, "growth")).toMatchObject({ reason: null });
  });

  it("leaves one audit entry for each row, and none where nothing was written", async () => {
    const [one, other] = await twoRows();
    await fillCells(drafter(), {
      cells: [
        aCell(one, "actual", number("1"), 0),
        aCell(one, "growth", number("1"), 0),
        aCell(other, "growth", PENDING, 0),
      ],
    });
    expect(await auditOf(one)).toMatchObject([{ action: "indicator.fill", detail: { cells: 2 } }]);
    expect(await auditOf(other)).toMatchObject([{ action: "indicator.fill", detail: { cells: 1 } }]);
    await fillCells(drafter(), { cells: [aCell(one, "actual", number("2"), 0)] });
    expect(await auditOf(one)).toHaveLength(1);
  });

  it.each<[string, (own: string) => Promise<string>, string]>([
    ["another department's", async () => (await anIndicator(district, "drafting", RETAIL)).id, "not-found"],
    ["of another report", async () => (await anIndicator(district)).id, "not-found"],
    ["not there", async () => crypto.randomUUID(), "not-found"],
    ["of another district", async () => (await anIndicator(await aDistrict(database), "drafting")).id, "not-found"],
  ])("keeps nothing when one of the rows is %s", async (_, other, refusal) => {
    const row = await anEmptyRow();
    const cells = [aCell(row.id, "actual", number("8.03"), 0), aCell(await other(row.id), "actual", number("8.03"), 0)];
    expect(await refusalOf(fillCells(drafter(), { cells }))).toBe(refusal);
    expect(await cellOf(row.id, "actual")).toBeNull();
  });

  it("keeps nothing when one of the rows is another department's, or has gone up", async () => {
    const report = await aReportWithTable(district, [FARM_OUTPUT, RURAL_INCOME, RETAIL]);
    const [own, sent, theirs] = report.indicators;
    if (!own || !sent || !theirs) throw new Error("a row is missing");
    await takeIndicator(district, sent, "signing");
    const beside = (id: string) => ({
      cells: [aCell(own.id, "actual", number("8.03"), 0), aCell(id, "actual", number("8.03"), 0)],
    });
    expect(await refusalOf(fillCells(drafter(), beside(theirs.id)))).toBe("not-your-department");
    expect(await refusalOf(fillCells(drafter(), beside(sent.id)))).toBe("indicator-not-open");
    expect(await cellOf(own.id, "actual")).toBeNull();
    expect(await cellOf(theirs.id, "actual")).toBeNull();
  });
});

describe("what the browser may send", () => {
  const id = crypto.randomUUID();
  const parses = (...cells: unknown[]) => FillCells.safeParse({ cells }).success;

  it("names a reason with a typed completion", () => {
    expect(parses(aCell(id, "completion", number("51.40"), 0, null))).toBe(false);
    expect(parses(aCell(id, "completion", number("51.40"), 0, "  "))).toBe(false);
    expect(parses(aCell(id, "completion", number("51.40"), 0, "按核定数。"))).toBe(true);
    expect(parses(aCell(id, "completion", null, 1, null))).toBe(true);
  });

  it("ranks in whole places, estimated or not", () => {
    for (const digits of ["0", "-1", "2.5", "2.0", "1000"]) {
      expect(parses(aCell(id, "rankTotal", number(digits), 0)), digits).toBe(false);
      expect(parses(aCell(id, "rankGrowth", estimate(digits), 0)), `预计${digits}`).toBe(false);
    }
    expect(parses(aCell(id, "rankTotal", number("11"), 0))).toBe(true);
    expect(parses(aCell(id, "rankGrowth", words("完成率全市第二"), 0))).toBe(true);
  });

  it("says remarks in words, and numbers in plain digits", () => {
    expect(parses(aCell(id, "remark", number("1"), 0))).toBe(false);
    for (const digits of ["1e5", "1,234", "01", ".5", "5.", "１", "1234567890123456", "1.1234567", "NaN", ""]) {
      expect(parses(aCell(id, "actual", number(digits), 0)), digits).toBe(false);
    }
    expect(parses(aCell(id, "remark", words("a\0b"), 0))).toBe(false);
    expect(parses(aCell(id, "remark", words("\ud800"), 0))).toBe(false);
  });

  it("names a cell once", () => {
    const cell = aCell(id, "actual", number("1"), 0);
    expect(parses(cell, { ...cell, version: 1 })).toBe(false);
    expect(parses(cell, { ...cell, indicatorId: id.toUpperCase() })).toBe(false);
    expect(parses(cell, { ...cell, field: "growth" })).toBe(true);
  });

  it("may spell an id in capitals", async () => {
    const row = await anIndicator(district);
    const indicatorId = row.id.toUpperCase();
    const { cells } = FillCells.parse({ cells: [aCell(indicatorId, "actual", number("8.04"), 1)] });
    expect(await fillCells(drafter(), { cells })).toMatchObject({ saved: [{ version: 2 }], conflicts: [] });
    const moves = MoveIndicators.parse({ rows: [{ indicatorId, version: row.version }] });
    expect(await refusalOf(submitIndicators(drafter(), moves))).toBeNull();
  });
});

describe("the source of a figure", () => {
  const from = { department: "区统计局", document: "快报", date: "2024-07-10" };

  it("is kept beside it with its own entry in the history, and goes up with the row", async () => {
    const row = await anIndicator(district);
    await setSource(drafter(), { indicatorId: row.id, field: "actual", ...from });
    expect(await cellOf(row.id, "actual")).toMatchObject({ figure: number("8.03"), version: 2 });
    const { history } = await transact(drafter(), (tx) => getCellDetail(tx, row.id, "actual"));
    expect(history.map(({ source }) => source)).toEqual([from, null]);
    await submitIndicators(drafter(), moving(row));
    expect((await revisionsOf(row.id))[0]?.row.sources).toEqual({ actual: from });
  });

  it("needs a figure, and to be the department's own while it is filled in", async () => {
    const row = await anEmptyRow();
    const named = { indicatorId: row.id, field: "actual" as const, ...from };
    expect(await refusalOf(setSource(drafter(), named))).toBe("figures-missing");
    expect(await refusalOf(setSource(as(district.commerce.drafter), named))).toBe("not-your-department");
    expect(await refusalOf(setSource(signer(), named))).toBe("not-your-role");
    const sent = await anIndicator(district, "signing");
    expect(await refusalOf(setSource(drafter(), { ...named, indicatorId: sent.id }))).toBe("indicator-not-open");
  });

  it("makes who names it one of the writers", async () => {
    const colleague = await aColleague(district, "agriculture", "drafter");
    const row = await anIndicator(district);
    await setSource(as(colleague), { indicatorId: row.id, field: "actual", ...from });
    await submitIndicators(drafter(), moving(row));
    const asSigner = await alsoHolds(district, colleague, "agriculture", "signer");
    expect(await refusalOf(signIndicators(as(asSigner), moving(row, 2)))).toBe("own-work");
  });
});

describe("submitting a row", () => {
  it("is refused while a cell is blank, and says of which row and how many", async () => {
    const row = await anIndicator(district);
    await fillCells(drafter(), { cells: [aCell(row.id, "growth", null, 1), aCell(row.id, "rankGrowth", null, 1)] });
    await expect(submitIndicators(drafter(), moving(row))).rejects.toMatchObject({
      key: "figures-blank",
      params: { name: FARM_OUTPUT.shortName, count: 2 },
    });
    expect(await stateOf(district, row.id)).toMatchObject({ status: "drafting", version: 1 });
    expect(await revisionsOf(row.id)).toHaveLength(0);
  });

  it("takes what is not applicable or not fed back for filled in, and needs neither remark nor completion", async () => {
    const row = await anIndicator(district);
    await fill(drafter(), district, row.id, {
      actual: PENDING,
      growth: PENDING,
      rankGrowth: PENDING,
      rankTotal: NOT_APPLICABLE,
    });
    expect(await refusalOf(submitIndicators(drafter(), moving(row)))).toBeNull();
  });

  it("is refused while the rules find an error that nobody has explained, and goes up with an explanation", async () => {
    const row = await anIndicator(district);
    await fill(drafter(), district, row.id, { planTotal: number("25.00") });
    const blocked = await keyFound(row, "planTotal");
    expect(await refusalOf(submitIndicators(drafter(), moving(row)))).toBe("findings-open");
    await explainFinding(drafter(), { reportId: row.reportId, key: blocked, explanation: "计划数取自预算草案。" });
    expect(await refusalOf(submitIndicators(drafter(), moving(row)))).toBeNull();
    expect(await auditOf(row.reportId, "finding.explain")).toHaveLength(1);
  });

  it("is refused again when a figure that was explained has changed", async () => {
    const row = await anIndicator(district);
    await fill(drafter(), district, row.id, { planTotal: number("25.00") });
    const explanation = "计划数取自预算草案。";
    await explainFinding(drafter(), { reportId: row.reportId, key: await keyFound(row, "planTotal"), explanation });
    await fill(drafter(), district, row.id, { planTotal: number("26.00") });
    expect(await refusalOf(submitIndicators(drafter(), moving(row)))).toBe("findings-open");
  });

  it("goes up with a remark that explains the plan", async () => {
    const row = await anIndicator(district);
    const remark = words("2024年计划完成总量以预算草案中的2024年预算数为准。");
    await fill(drafter(), district, row.id, { planTotal: number("22.00"), remark });
    expect(await refusalOf(submitIndicators(drafter(), moving(row)))).toBeNull();
  });

  it("does not go up on another department's explanation, nor on one for another report", async () => {
    const row = await anIndicator(district);
    const other = await anIndicator(district);
    await fill(drafter(), district, row.id, { planTotal: number("25.00") });
    const key = await keyFound(row, "planTotal");
    const explanation = "与我无关。";
    const theirs = explainFinding(as(district.commerce.drafter), { reportId: row.reportId, key, explanation });
    expect(await refusalOf(theirs)).toBe("not-your-department");
    await explainFinding(drafter(), { reportId: other.reportId, key, explanation });
    expect(await refusalOf(submitIndicators(drafter(), moving(row)))).toBe("findings-open");
  });

  it("cuts a revision of catalogue and figures as they stand", async () => {
    const row = await anIndicator(district, "signing");
    expect(await revisionsOf(row.id)).toMatchObject([
      {
        number: 1,
        organId: district.organId.agriculture,
        authorId: drafter().actor.userId,
        writers: [drafter().actor.userId],
        row: {
          code: "farm-output",
          officialName: "农林牧渔业总产值",
          unit: "亿元",
          figures: { planTotal: number("21.50"), planGrowth: number("5"), rankTotal: number("10") },
          completionReason: null,
        },
      },
    ]);
  });

  it("after a return cuts the next one, and leaves the first as it was", async () => {
    const row = await anIndicator(district, "returned");
    const [first] = await revisionsOf(row.id);
    await takeIndicator(district, row, "signing", { actual: number("8.04") });
    expect((await revisionsOf(row.id)).map(({ number: nth }) => nth)).toEqual([1, 2]);
    expect((await revisionsOf(row.id))[0]).toEqual(first);
    expect((await revisionsOf(row.id))[1]?.row.figures.actual).toEqual(number("8.04"));
  });

  it("holds all rows back when one of them is refused", async () => {
    const report = await aReportWithTable(district, [FARM_OUTPUT, RURAL_INCOME]);
    const rows: IndicatorInState[] = [];
    for (const row of report.indicators) rows.push(await takeIndicator(district, row, "drafting"));
    const both = (version = 1) => ({
      rows: rows.map((row, index) => ({ indicatorId: row.id, version: index === 0 ? 1 : version })),
    });
    expect(await refusalOf(submitIndicators(drafter(), both(2)))).toBe("stale-version");
    await fillCells(drafter(), { cells: [aCell(rows[1]?.id ?? "", "growth", null, 1)] });
    expect(await refusalOf(submitIndicators(drafter(), both()))).toBe("figures-blank");
    for (const row of rows) expect(await stateOf(district, row.id)).toEqual({ status: "drafting", version: 1 });
    await fillCells(drafter(), { cells: [aCell(rows[1]?.id ?? "", "growth", number("8.7"), 2)] });
    expect(await refusalOf(submitIndicators(drafter(), both()))).toBeNull();
    for (const row of rows) expect(await stateOf(district, row.id)).toEqual({ status: "signing", version: 2 });
  });

  it("of no row at all is refused", async () => {
    expect(await refusalOf(submitIndicators(drafter(), { rows: [] }))).toBe("nothing-chosen");
  });
});

describe("explaining a finding", () => {
  const KEY = "R2|farm-output|planTotal|25.00";

  it("is for the department whose row it is of and for the lead bureau, while the report collects", async () => {
    const row = await anIndicator(district);
    for (const [actor, refusal] of [
      [district.agriculture.drafter, null],
      [district.bureau.lead, null],
      [district.agriculture.signer, "not-your-role"],
      [district.commerce.drafter, "not-your-department"],
      [district.bureau.drafter, "not-your-department"],
      [district.government.approver, "not-your-role"],
      [district.congress.member, "not-found"],
      [district.centre.secadmin, "not-found"],
    ] as const) {
      const said = explainFinding(as(actor), { reportId: row.reportId, key: KEY, explanation: "以预算为准。" });
      expect(await refusalOf(said), actor.label).toBe(refusal);
    }
    await database.owner.sql`update reports set status = 'approving' where id = ${row.reportId}`;
    const late = explainFinding(drafter(), { reportId: row.reportId, key: KEY, explanation: "以预算为准。" });
    expect(await refusalOf(late)).toBe("report-not-collecting");
  });

  it("of a text is for whoever writes it", async () => {
    const row = await anIndicator(district);
    const key = "R7|block-01|parts|13|12";
    const said = explainFinding(as(district.commerce.drafter), {
      reportId: row.reportId,
      key,
      explanation: "另有1项。",
    });
    expect(await refusalOf(said)).toBeNull();
  });

  it("again replaces the words that stand for it, and keeps the old ones", async () => {
    const row = await anIndicator(district);
    await fill(drafter(), district, row.id, { planTotal: number("25.00") });
    const key = await keyFound(row, "planTotal");
    for (const explanation of ["以预算为准。", "以区政府文件为准。"]) {
      await explainFinding(drafter(), { reportId: row.reportId, key, explanation });
    }
    const { findings } = await transact(drafter(), async (tx) =>
      getIndicatorsPage(tx, drafter(), await slugOf(row.reportId)),
    );
    expect(findings.find((finding) => finding.key === key)?.waivedBy).toBe("以区政府文件为准。");
    expect(await database.owner.db.$count(waivers, eq(waivers.reportId, row.reportId))).toBe(2);
  });
});

describe("on the way up", () => {
  it("a row without a confirming office goes from its signer to the lead bureau", async () => {
    const row = await anIndicator(district, "signing", RURAL_INCOME);
    await signIndicators(signer(), moving(row));
    expect(await stateOf(district, row.id)).toEqual({ status: "reviewing", version: 3 });
  });

  it("rows with and without a confirming office are signed together, and each goes its own way", async () => {
    const report = await aReportWithTable(district, [FARM_OUTPUT, RURAL_INCOME]);
    for (const row of report.indicators) await takeIndicator(district, row, "signing");
    await signIndicators(signer(), { rows: report.indicators.map(({ id }) => ({ indicatorId: id, version: 2 })) });
    const states = await Promise.all(report.indicators.map(async ({ id }) => (await stateOf(district, id)).status));
    expect(states).toEqual(["confirming", "reviewing"]);
  });

  it("a verdict is pinned to the revision that it judged", async () => {
    const row = await anIndicator(district, "approved");
    const [revision] = await revisionsOf(row.id);
    const verdicts = await database.owner.db
      .select()
      .from(reviews)
      .where(eq(reviews.indicatorId, row.id))
      .orderBy(asc(reviews.createdAt));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(["sign", "confirm", "pass"]);
    expect(verdicts.every(({ indicatorRevisionId }) => indicatorRevisionId === revision?.id)).toBe(true);
    expect(verdicts.every(({ organId }) => organId === district.organId.agriculture)).toBe(true);
    const [state] = await database.owner.db.select().from(indicators).where(eq(indicators.id, row.id));
    expect(state?.approvedRevisionId).toBe(revision?.id);
  });
});

describe("deciding on one's own figures", () => {
  it("is refused to who typed one cell of them once, in every post that decides", async () => {
    const colleague = await aColleague(district, "agriculture", "drafter");
    const row = await anIndicator(district);
    await fillCells(as(colleague), { cells: [aCell(row.id, "growth", number("4.2"), 1)] });
    await fillCells(drafter(), { cells: [aCell(row.id, "growth", number("4.1"), 2)] });
    await submitIndicators(drafter(), moving(row));
    const signs = as(await alsoHolds(district, colleague, "agriculture", "signer"));
    expect(await refusalOf(signIndicators(signs, moving(row, 2)))).toBe("own-work");
    expect(await refusalOf(returnIndicator(signs, returning(row, 2)))).toBe("own-work");
    await signIndicators(signer(), moving(row, 2));
    const confirms = as(await alsoHolds(district, colleague, "commerce", "signer"));
    expect(await refusalOf(confirmIndicators(confirms, moving(row, 3)))).toBe("own-work");
    expect(await refusalOf(returnIndicator(confirms, returning(row, 3)))).toBe("own-work");
    await confirmIndicators(confirmer(), moving(row, 3));
    const leads = as(await alsoHolds(district, colleague, "bureau", "lead"));
    expect(await refusalOf(passIndicators(leads, moving(row, 4)))).toBe("own-work");
    expect(await refusalOf(returnIndicator(leads, returning(row, 4)))).toBe("own-work");
    expect(await refusalOf(passIndicators(lead(), moving(row, 4)))).toBeNull();
  });

  it("is refused to who only pressed the button to submit", async () => {
    const colleague = await aColleague(district, "agriculture", "drafter");
    const row = await anIndicator(district);
    await submitIndicators(as(colleague), moving(row));
    const asSigner = await alsoHolds(district, colleague, "agriculture", "signer");
    expect(await refusalOf(signIndicators(as(asSigner), moving(row, 2)))).toBe("own-work");
  });

  it("is refused to who signed them and now confirms or reviews them for another office", async () => {
    const row = await anIndicator(district, "confirming");
    const asConfirmer = as(await alsoHolds(district, district.agriculture.signer, "commerce", "signer"));
    expect(await refusalOf(confirmIndicators(asConfirmer, moving(row)))).toBe("signed-by-you");
    expect(await refusalOf(returnIndicator(asConfirmer, returning(row, row.version)))).toBe("signed-by-you");
    await confirmIndicators(confirmer(), moving(row));
    const asLead = as(await alsoHolds(district, district.agriculture.signer, "bureau", "lead"));
    expect(await refusalOf(passIndicators(asLead, moving(row, 4)))).toBe("signed-by-you");
    expect(await refusalOf(returnIndicator(asLead, returning(row, 4)))).toBe("signed-by-you");
  });

  it("holds for all rows that are decided on together", async () => {
    const report = await aReportWithTable(district, [RURAL_INCOME, { ...RURAL_INCOME, code: "rural-2" }]);
    const colleague = await aColleague(district, "agriculture", "drafter");
    const [one, other] = report.indicators;
    if (!one || !other) throw new Error("a row is missing");
    await takeIndicator(district, one, "signing");
    await fill(as(colleague), district, other.id, other.figures);
    await submitIndicators(as(colleague), { rows: [{ indicatorId: other.id, version: 1 }] });
    const asSigner = as(await alsoHolds(district, colleague, "agriculture", "signer"));
    const both = { rows: [one, other].map(({ id }) => ({ indicatorId: id, version: 2 })) };
    expect(await refusalOf(signIndicators(asSigner, both))).toBe("own-work");
    expect(await stateOf(district, one.id)).toEqual({ status: "signing", version: 2 });
  });
});

describe("withdrawing a row", () => {
  it.each<[string, IndicatorStatus, "drafter" | "signer", IndicatorStatus | null]>([
    ["the drafter, before the signer has acted", "signing", "drafter", "drafting"],
    ["the drafter, once it is signed", "confirming", "drafter", null],
    ["the signer, before the other office has confirmed", "confirming", "signer", "signing"],
    ["the signer, once the other office has confirmed", "reviewing", "signer", null],
    ["the signer, what was never signed", "signing", "signer", null],
    ["the signer, once the lead bureau has passed it", "approved", "signer", null],
    ["the drafter, what was returned", "returned", "drafter", null],
  ])("%s", async (_, status, role, to) => {
    const row = await anIndicator(district, status);
    const said = await refusalOf(withdrawIndicators(as(district.agriculture[role]), moving(row)));
    expect(said).toBe(to === null ? "indicator-not-withdrawable" : null);
    expect(await stateOf(district, row.id)).toEqual({
      status: to ?? status,
      version: row.version + (to === null ? 0 : 1),
    });
  });

  it("is the confirming office's, of what it confirmed itself", async () => {
    const row = await anIndicator(district, "reviewing");
    await withdrawIndicators(confirmer(), moving(row));
    expect(await stateOf(district, row.id)).toMatchObject({ status: "confirming" });
    expect(await refusalOf(withdrawIndicators(confirmer(), moving(row, row.version + 1)))).toBe(
      "indicator-not-withdrawable",
    );
  });
});

describe("returning a row", () => {
  it("names cells and quotes each as it was printed", async () => {
    const row = await anIndicator(district, "drafting");
    await fill(drafter(), district, row.id, {
      planTotal: number("21.50"),
      actual: estimate("8.03"),
      rankTotal: PENDING,
      remark: words("上半年为预计数"),
    });
    await takeIndicator(district, row, "reviewing", {});
    const fields = ["planTotal", "actual", "rankTotal", "completion", "remark"] as const;
    const { version } = await stateOf(district, row.id);
    await returnIndicator(lead(), {
      indicatorId: row.id,
      version,
      reasons: fields.map((field) => ({ field, text: `${field}请核对。` })),
    });
    const reasons = await database.owner.db.select().from(reviewReasons).where(eq(reviewReasons.indicatorId, row.id));
    expect(Object.fromEntries(reasons.map(({ field, quote }) => [field, quote]))).toEqual({
      planTotal: "21.50",
      actual: "8.03",
      rankTotal: "暂未反馈",
      completion: "37.35",
      remark: "上半年为预计数",
    });
    expect(await stateOf(district, row.id)).toMatchObject({ status: "returned" });
  });

  it("shows its department the reasons until the row has gone up again", async () => {
    const row = await anIndicator(district, "returned");
    const page = () => pageOf(drafter(), row);
    expect((await page()).reasons).toMatchObject([{ field: "actual", text: "请核对口径。", by: lead().actor.label }]);
    await answerAll(drafter(), { indicatorId: row.id });
    await submitIndicators(drafter(), moving(row));
    expect((await page()).reasons).toEqual([]);
  });

  it("needs a reason", async () => {
    const row = await anIndicator(district, "reviewing");
    const said = returnIndicator(lead(), { indicatorId: row.id, version: row.version, reasons: [] });
    expect(await refusalOf(said)).toBe("reasons-missing");
    expect(await stateOf(district, row.id)).toMatchObject({ status: "reviewing" });
  });

  it.each<[string, IndicatorStatus, () => Context]>([
    ["its own signer", "signing", () => as(district.agriculture.signer)],
    ["the confirming signer", "confirming", () => as(district.commerce.signer)],
    ["the lead bureau", "reviewing", () => as(district.bureau.lead)],
    ["the lead bureau after it has passed it", "approved", () => as(district.bureau.lead)],
  ])("by %s puts it back on its department's desk, where it is filled in and goes up again", async (_, from, by) => {
    const row = await anIndicator(district, from);
    await returnIndicator(by(), returning(row, row.version));
    const [state] = await database.owner.db.select().from(indicators).where(eq(indicators.id, row.id));
    expect(state).toMatchObject({
      status: "returned",
      version: row.version + 1,
      submittedRevisionId: null,
      approvedRevisionId: null,
      signedBy: null,
    });
    expect(await takeIndicator(district, row, "approved", { actual: number("8.04") })).toMatchObject({
      status: "approved",
    });
  });
});

describe("returning rows with the whole", () => {
  it("names cells beside paragraphs, quotes them as printed and puts the rows back on their departments' desks", async () => {
    const { report, row, other } = await aReportBeforeTheApprover();
    await returnReport(approver(), {
      reportId: report.id,
      version: 2,
      reasons: [
        { indicatorId: row.id, field: "completion", text: "请核对完成率。" },
        { indicatorId: row.id, field: "planTotal", text: "请核对计划数。" },
      ],
    });
    const reasons = await database.owner.db.select().from(reviewReasons).where(eq(reviewReasons.indicatorId, row.id));
    expect(Object.fromEntries(reasons.map(({ field, quote }) => [field, quote]))).toEqual({
      completion: "37.35",
      planTotal: "21.50",
    });
    expect(await stateOf(district, row.id)).toEqual({ status: "returned", version: row.version + 1 });
    expect(await stateOf(district, other.id)).toMatchObject({ status: "approved" });
    for (const ctx of [drafter(), signer(), lead()]) {
      // In the order of the columns, not of their writing.
      expect((await pageOf(ctx, row)).reasons.map(({ text, by }) => [text, by])).toEqual([
        ["请核对计划数。", approver().actor.label],
        ["请核对完成率。", approver().actor.label],
      ]);
    }
    expect(await takeIndicator(district, row, "approved", { actual: number("8.04") })).toMatchObject({
      status: "approved",
    });
  });

  it("takes no row of another report, and then sends nothing back", async () => {
    const { report, row } = await aReportBeforeTheApprover();
    const stranger = await anIndicator(district, "approved");
    const attempt = returnReport(approver(), {
      reportId: report.id,
      version: 2,
      reasons: [row.id, stranger.id].map((indicatorId) => ({ indicatorId, field: "actual", text: "请核对。" })),
    });
    expect(await refusalOf(attempt)).toBe("reason-not-in-text");
    expect(await stateOf(district, row.id)).toMatchObject({ status: "approved" });
    expect(await stateOf(district, stranger.id)).toMatchObject({ status: "approved" });
  });
});

describe("what has changed since a desk last judged a row", () => {
  const LATER = { actual: number("8.10") };

  it("is marked for the confirming office against what it confirmed itself", async () => {
    const row = await anIndicator(district, "approved");
    await correctIndicator(district, row, LATER, "confirming");
    expect((await pageOf(confirmer(), row)).changed).toEqual(["actual"]);
    expect((await pageOf(confirmer(), row)).before).toMatchObject({ actual: number("8.03") });
  });

  it("is marked for the lead bureau against what it saw, whatever was sent back before it reached the bureau", async () => {
    const row = await anIndicator(district, "approved");
    await correctIndicator(district, row, LATER, "signing");
    const { version } = await stateOf(district, row.id);
    await returnIndicator(signer(), returning(row, version));
    await takeIndicator(district, row, "reviewing", {});
    expect((await pageOf(lead(), row)).changed).toEqual(["actual"]);
  });

  it("is marked when a number has become an estimate of the same digits", async () => {
    const row = await anIndicator(district, "returned");
    await takeIndicator(district, row, "reviewing", { actual: estimate("8.03"), remark: words("为预计数") });
    expect((await pageOf(lead(), row)).changed).toEqual(["actual", "remark"]);
  });

  it("is nothing when nothing has", async () => {
    const row = await anIndicator(district, "returned");
    await takeIndicator(district, row, "reviewing", {});
    expect((await pageOf(lead(), row)).changed).toEqual([]);
  });
});

describe("every verb", () => {
  type Verb = {
    verb: string;
    from: IndicatorStatus;
    event: string | null;
    does: (row: IndicatorInState, version: number) => Promise<unknown>;
  };
  const VERBS: Verb[] = [
    {
      verb: "submit",
      from: "drafting",
      event: "indicator.submitted",
      does: (row, version) => submitIndicators(drafter(), moving(row, version)),
    },
    {
      verb: "withdraw",
      from: "signing",
      event: "indicator.withdrawn",
      does: (row, version) => withdrawIndicators(drafter(), moving(row, version)),
    },
    {
      verb: "sign",
      from: "signing",
      event: "indicator.signed",
      does: (row, version) => signIndicators(signer(), moving(row, version)),
    },
    {
      verb: "confirm",
      from: "confirming",
      event: "indicator.confirmed",
      does: (row, version) => confirmIndicators(confirmer(), moving(row, version)),
    },
    {
      verb: "pass",
      from: "reviewing",
      event: "indicator.passed",
      does: (row, version) => passIndicators(lead(), moving(row, version)),
    },
    {
      verb: "return",
      from: "reviewing",
      event: "indicator.returned",
      does: (row, version) => returnIndicator(lead(), returning(row, version)),
    },
  ];

  it.each(VERBS)(
    "$verb leaves one audit entry and its event, and none of them when it comes too late",
    async ({ verb, from, event, does }) => {
      const row = await anIndicator(district, from);
      const before = await tracesOf(row.id);
      expect(await refusalOf(does(row, row.version - 1))).toBe("stale-version");
      expect(await tracesOf(row.id)).toEqual(before);
      await does(row, row.version);
      const after = await tracesOf(row.id);
      expect(after.audited).toEqual([`indicator.${verb}`, ...before.audited]);
      expect(after.events).toEqual([event, ...before.events]);
    },
  );

  const FILL: Verb = {
    verb: "fill",
    from: "drafting",
    event: null,
    does: (row) => fillCells(drafter(), { cells: [aCell(row.id, "actual", number("8.04"), 1)] }),
  };
  it.each(
    [FILL, ...VERBS].flatMap((row) =>
      (row.event ? (["audit_entries", "outbox"] as const) : (["audit_entries"] as const)).map((table) => ({
        ...row,
        table,
      })),
    ),
  )("$verb that cannot write to $table leaves everything as it was", async ({ from, does, table }) => {
    const row = await anIndicator(district, from);
    const before = await everythingOf(row.id);
    await database.owner.sql.unsafe(`
        create or replace function broken() returns trigger language plpgsql as $$ begin raise exception 'disk on fire'; end $$;
        create trigger broken before insert on ${table} for each row execute function broken();`);
    try {
      await expect(does(row, row.version)).rejects.toMatchObject({ cause: { message: "disk on fire" } });
    } finally {
      await database.owner.sql.unsafe(`drop trigger broken on ${table}`);
    }
    expect(await everythingOf(row.id)).toEqual(before);
    await does(row, row.version);
    expect(await everythingOf(row.id)).not.toEqual(before);
  });
});

const as = (actor: Actor): Context => contextOf(database, actor);
const drafter = () => as(district.agriculture.drafter);
const signer = () => as(district.agriculture.signer);
const confirmer = () => as(district.commerce.signer);
const lead = () => as(district.bureau.lead);
const approver = () => as(district.government.approver);
const moving = (row: { id: string; version: number }, version = row.version) => ({
  rows: [{ indicatorId: row.id, version }],
});
const returning = (row: { id: string }, version: number) => ({
  indicatorId: row.id,
  version,
  reasons: [{ field: "actual" as const, text: "请核对。" }],
});

async function anEmptyRow(department: Department = "agriculture") {
  const report = await aReportWithTable(district, [{ ...FARM_OUTPUT, department }]);
  return { id: report.indicators[0]?.id ?? "", reportId: report.id, slug: report.slug };
}

async function aReportBeforeTheApprover() {
  const report = await aReportWithTable(district, [FARM_OUTPUT, RETAIL]);
  for (const leaf of report.leaves) await takeLeaf(district, leaf, "approved");
  const [row, other] = report.indicators;
  if (!row || !other) throw new Error("a row is missing");
  const approved = await takeIndicator(district, row, "approved");
  await takeIndicator(district, other, "approved");
  await sendForApproval(lead(), { reportId: report.id, version: 1 });
  return { report, row: approved, other };
}

async function twoRows(): Promise<[string, string]> {
  const report = await aReportWithTable(district, [FARM_OUTPUT, RURAL_INCOME]);
  const [one, other] = report.indicators;
  return [one?.id ?? "", other?.id ?? ""];
}

async function pageOf(ctx: Context, row: { id: string; reportId: string }) {
  const slug = await slugOf(row.reportId);
  const page = await transact(ctx, (tx) => getIndicatorsPage(tx, ctx, slug));
  const shown = page.rows.find(({ id }) => id === row.id);
  if (!shown) throw new Error("the row is not on the page");
  return shown;
}

async function slugOf(reportId: string): Promise<string> {
  const [row] = await database.owner.sql<{ slug: string }[]>`select slug from reports where id = ${reportId}`;
  return row?.slug ?? "";
}

/** The key of what the rules find in this cell, as its department's page shows it. */
async function keyFound(row: { id: string; reportId: string }, field: FigureField): Promise<string> {
  const slug = await slugOf(row.reportId);
  const { findings } = await transact(drafter(), (tx) => getIndicatorsPage(tx, drafter(), slug));
  const found = findings.find(({ where }) => where.in === "table" && where.field === field);
  if (!found) throw new DomainError("not-found");
  return found.key;
}

async function cellOf(indicatorId: string, field: FigureField) {
  const [cell] = await database.owner.db
    .select()
    .from(figures)
    .where(and(eq(figures.indicatorId, indicatorId), eq(figures.field, field)));
  return cell ? { figure: fromColumns(cell), version: cell.version, reason: cell.reason, by: cell.authorLabel } : null;
}

/** Newest first. */
async function historyOf(indicatorId: string, field: FigureField) {
  const rows = await database.owner.db
    .select()
    .from(figureChanges)
    .where(and(eq(figureChanges.indicatorId, indicatorId), eq(figureChanges.field, field)))
    .orderBy(desc(figureChanges.version));
  return rows.map((row) => ({ ...row, figure: fromColumns(row) }));
}

const revisionsOf = (indicatorId: string) =>
  database.owner.db
    .select()
    .from(indicatorRevisions)
    .where(eq(indicatorRevisions.indicatorId, indicatorId))
    .orderBy(indicatorRevisions.number);

async function auditOf(subject: string, action?: string) {
  const rows = await database.owner.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, subject))
    .orderBy(desc(auditEntries.id));
  return rows.filter((row) => action === undefined || row.action === action);
}

/** Newest first. */
async function tracesOf(indicatorId: string) {
  const events = await database.owner.db
    .select()
    .from(outbox)
    .where(eq(outbox.indicatorId, indicatorId))
    .orderBy(desc(outbox.createdAt));
  return {
    audited: (await auditOf(indicatorId)).map(({ action }) => action),
    events: events.map(({ event }) => event),
  };
}

async function everythingOf(indicatorId: string) {
  const [row] = await database.owner.db.select().from(indicators).where(eq(indicators.id, indicatorId));
  const jobs = await database.owner.sql`select count(*)::int as n from graphile_worker._private_jobs`;
  return {
    row,
    cells: await database.owner.db
      .select()
      .from(figures)
      .where(eq(figures.indicatorId, indicatorId))
      .orderBy(figures.field),
    changes: await database.owner.db.$count(figureChanges, eq(figureChanges.indicatorId, indicatorId)),
    revisions: await revisionsOf(indicatorId),
    verdicts: await database.owner.db.select().from(reviews).where(eq(reviews.indicatorId, indicatorId)),
    traces: await tracesOf(indicatorId),
    jobs: jobs[0]?.n,
  };
}
