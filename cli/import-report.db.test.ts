import { fileURLToPath } from "node:url";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OperatorError } from "../db/embedded/operator-error";
import {
  auditEntries,
  drafts,
  figureChanges,
  figures,
  indicators,
  memberships,
  reports,
  revisions,
  sections,
} from "../db/schema";
import { testDatabase, type TestDatabase } from "../db/testing/database";
import { aDistrict, contextOf, type District } from "../db/testing/factories";
import { transact } from "../domain/kernel/context";
import { rollForward } from "../domain/report/open";
import { getSection } from "../domain/section/queries";
import { isHeading } from "../domain/section/workflow";
import { OPERATOR_LABEL } from "../domain/user/first-administrator";
import { makeReport, readOutline, wantedReport, type ImportRequest } from "./import-report";

const FILE = fileURLToPath(new URL("../domain/import/fixtures/2024-h1.libreoffice.docx", import.meta.url));

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

async function imported(more: Partial<ImportRequest> & { as: string }, into = district) {
  const request = { file: FILE, jurisdiction: into.code, ...more };
  const outline = await readOutline(request.file);
  const made = await makeReport(database.owner.db, wantedReport(request, outline), request, outline);
  const [report] = await database.owner.db
    .select()
    .from(reports)
    .where(and(eq(reports.slug, request.as), eq(reports.jurisdictionId, into.jurisdictionId)));
  if (!report) throw new Error("no report was made");
  const nodes = await database.owner.db.select().from(sections).where(eq(sections.reportId, report.id));
  return { report, nodes, made, leaves: nodes.filter(({ kind }) => !isHeading(kind)) };
}

const failureOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: unknown) => error,
  );

describe("last year's Word file as a report", () => {
  it("has the file's period, name, outline and catalogue, and belongs to the lead bureau", async () => {
    const { report, nodes, leaves } = await imported({ as: "first-2024-h1" });
    expect(report).toMatchObject({ year: 2024, half: 1, status: "collecting", previousId: null });
    expect(report.name).toBe("2024年上半年国民经济和社会发展计划执行情况的报告");
    expect([nodes.length, leaves.length]).toEqual([87, 74]);
    expect(new Set(leaves.map(({ organId }) => organId))).toEqual(new Set([district.organId.bureau]));
    const catalogue = await database.owner.db.select().from(indicators).where(eq(indicators.reportId, report.id));
    expect(catalogue).toHaveLength(13);
    expect(catalogue.find(({ position }) => position === 1)).toMatchObject({
      code: "dqsczz",
      officialName: "地区生产总值",
      unit: "亿元",
    });
  });

  it("keeps the texts as working copies that nobody has signed, and the figures as nobody's own work", async () => {
    const { report, leaves } = await imported({ as: "second-2024-h1" });
    expect(new Set(leaves.map(({ status }) => status))).toEqual(new Set(["drafting"]));
    const kept = await database.owner.db
      .select({ draft: drafts, revision: revisions })
      .from(drafts)
      .innerJoin(sections, eq(sections.id, drafts.sectionId))
      .innerJoin(revisions, eq(revisions.sectionId, drafts.sectionId))
      .where(eq(sections.reportId, report.id));
    expect(kept).toHaveLength(74);
    for (const { draft, revision } of kept) {
      expect(draft).toMatchObject({ version: 1, revisionCount: 1, writers: [], updatedLabel: OPERATOR_LABEL });
      expect(revision).toMatchObject({ number: 1, kind: "saved", writers: [], authorLabel: OPERATOR_LABEL });
      expect(revision.content).toEqual(draft.content);
    }
    const cells = await database.owner.db
      .select({ code: indicators.officialName, field: figures.field, value: figures.value, state: figures.state })
      .from(figures)
      .innerJoin(indicators, eq(indicators.id, figures.indicatorId))
      .where(eq(indicators.reportId, report.id));
    expect(cells).toContainEqual({ code: "地区生产总值", field: "actual", value: "481.35", state: "number" });
    expect(cells).toContainEqual({ code: "外贸进出口总额", field: "actual", value: "59.1", state: "estimate" });
    const changes = await database.owner.db
      .select({ carried: figureChanges.carried })
      .from(figureChanges)
      .innerJoin(indicators, eq(indicators.id, figureChanges.indicatorId))
      .where(eq(indicators.reportId, report.id));
    expect(changes).toHaveLength(cells.length);
    expect(new Set(changes.map(({ carried }) => carried))).toEqual(new Set([true]));
    const audit = await database.owner.db.select().from(auditEntries).where(eq(auditEntries.reportId, report.id));
    expect(audit.map(({ action, actorLabel }) => [action, actorLabel])).toEqual([["report.open", OPERATOR_LABEL]]);
  });

  it("is the template of the next period: its text stands beside the empty one", async () => {
    const { report } = await imported({ as: "third-2024-h1" });
    const lead = contextOf(database, district.bureau.lead);
    const next = { slug: "third-2025-h1", name: "2025年上半年报告", year: 2025, half: 1, dueOn: "2025-07-19" };
    const nextId = await rollForward(lead, { ...next, fromReportId: report.id });
    const [leaf] = await database.owner.db
      .select()
      .from(sections)
      .where(and(eq(sections.reportId, nextId), eq(sections.title, "抓项目发展现代农业")));
    const drafter = contextOf(database, district.bureau.drafter);
    const page = await transact(drafter, (tx) => getSection(tx, drafter, next.slug, leaf?.id ?? ""));
    expect(page.text.content.content).toEqual([]);
    expect(JSON.stringify(page.last?.content)).toContain("推广“移动智慧菇房”");
  });

  it("gives a leaf to the office that wrote it before, and an indicator too", async () => {
    const neighbour = await aDistrict(database);
    const { organId } = neighbour;
    const { report, nodes } = await imported({ as: "own-2024-h1", owner: "commerce" }, neighbour);
    await database.owner.db
      .update(sections)
      .set({ organId: organId.agriculture })
      .where(and(eq(sections.reportId, report.id), eq(sections.title, "抓项目发展现代农业")));
    await database.owner.db
      .update(indicators)
      .set({ organId: organId.agriculture, code: "farm", shortName: "农业产值" })
      .where(and(eq(indicators.reportId, report.id), eq(indicators.officialName, "农林牧渔业总产值")));
    const again = await imported({ as: "own-2024-again" }, neighbour);
    const ownerOf = (title: string) => again.nodes.find((node) => node.title === title)?.organId;
    expect(nodes).toHaveLength(again.nodes.length);
    expect(ownerOf("抓项目发展现代农业")).toBe(organId.agriculture);
    expect(ownerOf("聚焦企业帮扶活动")).toBe(organId.commerce);
    const [farm] = await database.owner.db
      .select()
      .from(indicators)
      .where(and(eq(indicators.reportId, again.report.id), eq(indicators.officialName, "农林牧渔业总产值")));
    expect(farm).toMatchObject({ code: "farm", shortName: "农业产值", organId: organId.agriculture });
    expect(again.made.nodes.every(({ kind, isGuessed }) => isHeading(kind) || isGuessed)).toBe(true);
  });
});

describe("what the person at the terminal can put right", () => {
  it("a name that is taken changes nothing", async () => {
    await imported({ as: "taken-2024-h1" });
    const before = await database.owner.db.$count(sections);
    const failure = await failureOf(imported({ as: "taken-2024-h1" }));
    expect(failure).toBeInstanceOf(OperatorError);
    expect(await database.owner.db.$count(sections)).toBe(before);
  });

  it("a district without a lead is told so", async () => {
    const empty = await aDistrict(database);
    await database.owner.db
      .update(memberships)
      .set({ endedAt: new Date() })
      .where(and(eq(memberships.jurisdictionId, empty.jurisdictionId), eq(memberships.role, "lead")));
    const failure = await failureOf(imported({ as: "no-lead-2024" }, empty));
    expect(failure).toBeInstanceOf(OperatorError);
    expect(String(failure)).toContain(empty.code);
  });

  it("an unknown office is answered with those that write, and a district that is not named with all", async () => {
    const office = await failureOf(imported({ as: "office-2024", owner: "nobody" }));
    expect(office).toBeInstanceOf(OperatorError);
    expect(String(office)).toContain("agriculture 农业农村局");
    expect(String(office)).not.toContain("congress");
    await aDistrict(database);
    const outline = await readOutline(FILE);
    const wanted = wantedReport({ file: FILE, as: "somewhere-2024" }, outline);
    const failure = await failureOf(makeReport(database.owner.db, wanted, {}, outline));
    expect(failure).toBeInstanceOf(OperatorError);
    expect(String(failure)).toContain(district.code);
  });

  it("a file that does not say its period, a wrong option, a file that is none", async () => {
    const outline = { ...(await readOutline(FILE)), period: { year: null, half: null } };
    const request = { file: FILE, as: "period-2024" };
    expect(() => wantedReport(request, outline)).toThrow(/--year/);
    expect(wantedReport({ ...request, year: 2023, half: 2, due: "2024-01-19", name: "报告" }, outline)).toEqual({
      slug: "period-2024",
      name: "报告",
      year: 2023,
      half: 2,
      dueOn: "2024-01-19",
    });
    expect(() => wantedReport({ ...request, as: "大写" }, outline)).toThrow(/--as/);
    expect(() => wantedReport({ ...request, year: 2023, half: 2, due: "明天" }, outline)).toThrow(/--due/);
    expect(String(await failureOf(readOutline("/nowhere/at-all.docx")))).toContain("/nowhere/at-all.docx");
    const locked = fileURLToPath(new URL("../domain/import/fixtures/password.docx", import.meta.url));
    expect(await failureOf(readOutline(locked))).toBeInstanceOf(OperatorError);
  });
});
