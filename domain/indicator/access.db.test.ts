import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cast } from "../../db/testing/cast";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, type District } from "../../db/testing/factories";
import { anIndicatorStage, castAround, type IndicatorStage } from "../../db/testing/indicator-stage";
import { aCell, number } from "../../db/testing/indicators";
import { CURTAIN } from "../../db/testing/stage";
import { aTally, tryAll, type Tally } from "../../db/testing/trials";
import type { Actor } from "../kernel/actor";
import type { Context } from "../kernel/context";
import { REPORT_STATUSES, type ReportStatus } from "../report/workflow";
import {
  confirmIndicators,
  fillCells,
  passIndicators,
  returnIndicator,
  reviseIndicators,
  signIndicators,
  submitIndicators,
  withdrawIndicators,
} from "./mutations";
import { INDICATOR_ABILITIES, indicatorRefusal, type IndicatorAbility } from "./policy";
import { INDICATOR_STATUSES, type IndicatorStatus } from "./workflow";

/** As domain/access.db.test.ts: the pure policy and the mutation under row-level security give the same answer. */
describe("who may do what with an indicator", () => {
  let database: TestDatabase;
  let district: District;
  let cast: Cast;
  let confirmed: IndicatorStage | undefined;
  let contextFor: (actor: Actor) => Context;

  beforeAll(async () => {
    database = await testDatabase();
    district = await aDistrict(database);
    cast = await castAround(district, await aDistrict(database));
    contextFor = (actor) => ({ actor, db: database.app.db, now: () => CURTAIN });
  });
  afterAll(() => database.close());

  it.each(REPORT_STATUSES)(
    "that another office confirms, while the report is %s: policy and mutation agree for every person, state and verb",
    async (reportStatus) => {
      confirmed ??= await anIndicatorStage(district, "commerce");
      const tally = await tryEverything(confirmed, reportStatus);
      expect(tally.disagreements).toEqual([]);
      expect(tally.tried).toBe(cast.length * INDICATOR_STATUSES.length * INDICATOR_ABILITIES.length);
      expect(tally.allowed > 0).toBe(reportStatus === "collecting");
    },
  );

  it("that nobody else confirms: policy and mutation agree for every person, state and verb", async () => {
    const stage = await anIndicatorStage(district, null);
    const tally = await tryEverything(stage, "collecting");
    expect(tally.disagreements).toEqual([]);
    expect(tally.tried).toBe(cast.length * statusesOf(stage).length * INDICATOR_ABILITIES.length);
    expect(tally.allowed).toBeGreaterThan(INDICATOR_ABILITIES.length);
  });

  async function tryEverything(stage: IndicatorStage, reportStatus: ReportStatus): Promise<Tally> {
    const tally = aTally();
    for (const status of statusesOf(stage)) {
      await stage.set(status, reportStatus);
      const facts = stage.facts(status, reportStatus);
      for (const person of cast) {
        const verbs = verbsOf(contextFor(person.actor), stage);
        const trials = INDICATOR_ABILITIES.map((ability) => ({
          name: `${person.name} ${ability} a row that is ${status} while the report is ${reportStatus}`,
          expected: indicatorRefusal(ability, person.actor, facts),
          act: verbs[ability],
        }));
        await tryAll(stage, trials, () => stage.restore(status, reportStatus), tally);
      }
    }
    console.log(`access to an indicator: ${tally.tried} combinations agree, ${tally.allowed} of them allowed`);
    return tally;
  }
});

/** A row that nobody else confirms is at no step of confirming; the database does not take it. */
const statusesOf = ({ confirmOrganId }: IndicatorStage): readonly IndicatorStatus[] =>
  INDICATOR_STATUSES.filter((status) => status !== "confirming" || confirmOrganId !== null);

function verbsOf(ctx: Context, stage: IndicatorStage): Record<IndicatorAbility, () => Promise<unknown>> {
  const { indicatorId, version, cellVersion } = stage;
  const move = { rows: [{ indicatorId, version }] };
  return {
    fill: () => fillCells(ctx, { cells: [aCell(indicatorId, "actual", number("8.04"), cellVersion)] }),
    revise: () => reviseIndicators(ctx, move),
    submit: () => submitIndicators(ctx, move),
    withdraw: () => withdrawIndicators(ctx, move),
    sign: () => signIndicators(ctx, move),
    confirm: () => confirmIndicators(ctx, move),
    pass: () => passIndicators(ctx, move),
    return: () => returnIndicator(ctx, { indicatorId, version, reasons: [{ field: "actual", text: "请核对。" }] }),
  };
}
