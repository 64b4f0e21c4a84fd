import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../db/testing/database";
import {
  aDistrict,
  aReport,
  aReportIn,
  takeLeaf,
  type District,
  type ReportInState,
  type TestReport,
} from "../db/testing/factories";
import { OperatorError } from "../db/embedded/operator-error";
import { toPdf } from "../render/pdf/to-pdf";
import { RenderError } from "../render/render-error";
import { explainRenderError, readDocument } from "./export-report";

let database: TestDatabase;
let district: District;
let delivered: ReportInState;
let half: TestReport;

beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
  delivered = await aReportIn(district, "delivered", { slug: "h1" });
  half = await aReport(district, { slug: "half", leaves: [{ department: "agriculture" }, { department: "commerce" }] });
  const [first] = half.leaves;
  if (first) await takeLeaf(district, first, "approved");
});
afterAll(() => database.close());

const asked = (report: string, more: { edition?: number; jurisdiction?: string } = {}) =>
  readDocument(database.owner.db, { report, format: "md", ...more });
const failureOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: unknown) => error,
  );

it("a sealed edition and the live compilation of the same leaves are one document", async () => {
  const [sealed, live] = [await asked("h1", { edition: 1 }), await asked("h1")];
  expect(sealed.document.blocks.length).toBeGreaterThan(0);
  expect(sealed.document).toEqual(live.document);
  expect(live.missing).toEqual([]);
});

it("leaves that are not approved are named with their department, and the others are there", async () => {
  const { document, missing } = await asked("half");
  expect(missing.map(({ title }) => title)).toEqual(["商务局"]);
  expect(JSON.stringify(document.blocks)).toContain("农业农村局：完成年度计划");
});

it("an unknown report is answered with those there are", async () => {
  const failure = await failureOf(asked("nope"));
  expect(failure).toBeInstanceOf(OperatorError);
  expect(String(failure)).toContain("h1, half");
});

it("an unknown edition is answered with those that are sealed", async () => {
  const failure = await failureOf(asked("h1", { edition: 7 }));
  expect(failure).toBeInstanceOf(OperatorError);
  expect(String(failure)).toMatch(/7.*1/s);
});

it("a name that two districts use has to say which", async () => {
  const neighbour = await aDistrict(database);
  const theirs = await aReportIn(neighbour, "collecting", { slug: "h1" });
  const failure = await failureOf(asked("h1"));
  expect(failure).toBeInstanceOf(OperatorError);
  expect(String(failure)).toContain(neighbour.code);
  const { document } = await asked("h1", { jurisdiction: neighbour.code });
  expect(document.contributions.map(({ section }) => section)).toEqual(theirs.leaves.map(({ id }) => id));
  expect((await asked("h1", { jurisdiction: district.code })).document.contributions[0]?.section).toBe(
    delivered.leaves[0]?.id,
  );
});

it("fonts that are missing are named in a sentence", async () => {
  const { document } = await asked("half");
  const failure = await failureOf(toPdf(document, { fontDirectory: "/nowhere" }));
  if (!(failure instanceof RenderError)) throw failure;
  expect(explainRenderError(failure).message).toContain("FandolSong-Regular.otf");
});
