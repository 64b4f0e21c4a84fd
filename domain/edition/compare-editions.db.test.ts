import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../db/client";
import { answerAll } from "../../db/testing/answers";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aDistrict,
  aReport,
  aText,
  BLOCK_ID,
  contextOf,
  refusalOf,
  takeLeaf,
  type District,
  type Leaf,
} from "../../db/testing/factories";
import { consultationReplies, deliveries, dispositions, editions, receipts, remarks } from "../../db/schema";
import type { Comparison } from "../../render/comparison";
import type { ReportDocument } from "../../render/report-document";
import { getConsultation } from "../consultation/queries";
import { transact, type Context } from "../kernel/context";
import type { Actor } from "../kernel/actor";
import { compileReport } from "../report/compile-report";
import { passSection, returnSection, signSection } from "../section/decisions";
import { reviseSection, saveSection, submitSection } from "../section/mutations";
import { compareEditions, getComparePage, readAsked } from "./compare-editions";
import type { EditionKind } from "./workflow";

const REASON = "增速以快报为准。";
const NOTICE = "地区生产总值增速更正为9.3%。";

let database: TestDatabase;
let district: District;
let other: District;
let slug: string;
let reportId: string;
/** 征求意见稿 1, 送交稿 2, 会议稿 3 that corrects 2; 1 and 3 are given to readers. */
let ids: [string, string, string];

beforeAll(async () => {
  database = await testDatabase();
  [district, other] = [await aDistrict(database), await aDistrict(database)];
  const report = await aReport(district, { leaves: [{ department: "agriculture" }, { department: "commerce" }] });
  ({ slug, id: reportId } = report);
  const [farm, trade] = report.leaves;
  if (!farm || !trade) throw new Error("no leaves");
  await takeLeaf(district, farm, "approved", "粮食播种面积稳定，增长9.1%。");
  await takeLeaf(district, trade, "approved", "消费市场平稳运行。");
  const first = await anEdition(1, "consultation");
  await asked(first, farm);
  await writtenAnew(farm, "粮食播种面积稳定，增长9.3%。");
  const second = await anEdition(2, "submission");
  const corrected = (document: ReportDocument): ReportDocument =>
    JSON.parse(JSON.stringify(document).replace("消费市场平稳运行", "消费市场回暖向好"));
  const third = await anEdition(3, "meeting", { supersedesId: second, notice: NOTICE }, corrected);
  ids = [first, second, third];
  await giveTo(first, "drafter", "signer");
  await giveTo(third, "drafter", "signer", "clerk", "member");
});
afterAll(() => database.close());

describe("who asked for what became of one edition in another", () => {
  const REASONS = [
    `return 9.3% lead lead: ${REASON}`,
    "suggestion 9.3% 农业农村局: “9.1%”改为“9.3%”：按快报",
    "consultation 9.3% 商务局: 请核对增速。（采纳）",
  ];

  it("is told the lead bureau: reasons, accepted suggestions and adopted comments, beside the words that changed", async () => {
    const comparison = await compared(district.bureau.lead, 0, 1);
    expect(comparison.counts).toMatchObject({ changed: 1, inserted: 0, deleted: 0, moved: 0 });
    expect(toldOf(comparison)).toEqual(REASONS);
    expect(comparison.asked).toEqual([]);
  });

  it("is told the approver but for what only a department and the lead bureau said among themselves", async () => {
    const [reason, , comment] = REASONS;
    expect(toldOf(await compared(district.government.approver, 0, 1))).toEqual([reason, comment]);
  });

  it("is not told those who were given the editions: they read the changes, and a correction's notice", async () => {
    for (const actor of [district.agriculture.drafter, district.commerce.signer]) {
      const comparison = await compared(actor, 0, 2);
      expect(comparison.counts.changed).toBe(2);
      expect(toldOf(comparison)).toEqual([]);
      expect(comparison.asked).toMatchObject([{ kind: "correction", text: NOTICE }]);
    }
  });

  it("leaves out what was said before the older edition, on texts that did not change, and what was not taken up", async () => {
    const lead = await compared(district.bureau.lead, 1, 2);
    expect(toldOf(lead)).toEqual([]);
    expect(lead.asked).toMatchObject([{ kind: "correction", text: NOTICE }]);
    expect(JSON.stringify(await compared(district.bureau.lead, 0, 2))).not.toMatch(/不改|无关|再议/);
  });

  it("is the same for a file that is asked for", async () => {
    const lead = contextOf(database, district.bureau.lead);
    const told = await transact(lead, (tx) => readAsked(tx, lead, ids[0], ids[1]));
    expect(told.map(({ asked: { kind } }) => kind)).toEqual(["return", "suggestion", "consultation"]);
  });
});

describe("which editions are compared", () => {
  it("are those that one may read: nobody sees by comparing what they were not given", async () => {
    const choices = async (actor: Actor, of: { slug: string } | { edition: string }) => {
      const ctx = contextOf(database, actor);
      const page = await transact(ctx, (tx) => getComparePage(tx, ctx, of, {}));
      return {
        numbers: page.choices.map(({ number }) => number),
        pair: page.pair && [page.pair.from.number, page.pair.to.number],
      };
    };
    expect(await choices(district.bureau.lead, { slug })).toEqual({ numbers: [3, 2, 1], pair: [2, 3] });
    expect(await choices(district.agriculture.drafter, { slug })).toEqual({ numbers: [3, 1], pair: [1, 3] });
    expect(await choices(district.congress.member, { edition: ids[2] })).toEqual({ numbers: [3], pair: null });
    const refused = (actor: Actor, from: string, to: string) => {
      const ctx = contextOf(database, actor);
      return refusalOf(transact(ctx, (tx) => compareEditions(tx, ctx, from, to)));
    };
    expect(await refused(district.agriculture.drafter, ids[0], ids[1])).toBe("not-found");
    expect(await refused(district.congress.member, ids[0], ids[2])).toBe("not-found");
    expect(await refused(other.bureau.lead, ids[0], ids[1])).toBe("not-found");
    expect(await refused(district.centre.auditor, ids[0], ids[2])).toBe("not-found");
  });

  it("are opened by who was given them, both and once, and not by the lead bureau", async () => {
    const opened = () => database.owner.db.$count(receipts, eq(receipts.userId, district.commerce.drafter.userId));
    const read = (actor: Actor) => {
      const ctx = contextOf(database, actor);
      return transact(ctx, (tx) => getComparePage(tx, ctx, { slug }, {}));
    };
    expect(await opened()).toBe(0);
    await read(district.commerce.drafter);
    await read(district.commerce.drafter);
    expect(await opened()).toBe(2);
    const ctx = contextOf(database, district.commerce.signer);
    await transact(ctx, (tx) => getConsultation(tx, ctx, ids[0], { organ: null, openOnly: false, page: 1 }));
    const readers = await database.owner.db.select().from(receipts).where(eq(receipts.editionId, ids[0]));
    expect(readers.map((one) => one.userId)).toContain(ctx.actor.userId);
    await read(district.bureau.lead);
    const { userId } = district.bureau.lead;
    expect(await database.owner.db.$count(receipts, eq(receipts.userId, userId))).toBe(0);
  });

  it("are chosen by number or id in any order, and what is none of them is not found", async () => {
    const ctx = contextOf(database, district.bureau.lead);
    const page = (from?: string, to?: string) =>
      transact(ctx, (tx) => getComparePage(tx, ctx, { slug }, { from, to })).then(
        ({ pair }) => pair && [pair.from.id, pair.to.id],
      );
    expect(await page("3", "1")).toEqual([ids[0], ids[2]]);
    expect(await page(ids[1], ids[2])).toEqual([ids[1], ids[2]]);
    expect(await refusalOf(page("7", "1"))).toBe("not-found");
    expect(await refusalOf(page("\u0000", "1"))).toBe("not-found");
    for (const none of [{ edition: "keine" }, { slug: "no\u0000ne" }, { slug: "none" }]) {
      expect(await refusalOf(transact(ctx, (tx) => getComparePage(tx, ctx, none, {})))).toBe("not-found");
    }
  });
});

it("reads two editions by as many statements, whether one leaf changed or two hundred", async () => {
  const large = await aReport(district, {
    leaves: Array.from({ length: 1 }, () => ({ department: "commerce" as const })),
  });
  const many = (number: number): ReportDocument => ({
    schema: "huibao.report/1",
    report: { slug: large.slug, name: "报告", jurisdiction: "某区", year: 2024, half: 1 },
    contributions: Array.from({ length: 200 }, () => ({
      section: crypto.randomUUID(),
      title: "节",
      department: "商务局",
      revision: crypto.randomUUID(),
      number,
    })),
    blocks: Array.from({ length: 200 }, (_, at) => {
      const block = `b-${at}`;
      return { kind: "paragraph", id: block, spans: [{ text: `第${at}段增长${number}%。`, from: at, block }] };
    }),
    annexes: [],
  });
  const [one, two] = [
    await sealed(large.id, 1, "review", many(1), {}),
    await sealed(large.id, 2, "review", many(2), {}),
  ];
  const few = await statementsOf((ctx) => transact(ctx, (tx) => compareEditions(tx, ctx, ids[0], ids[1])));
  const lot = await statementsOf((ctx) => transact(ctx, (tx) => compareEditions(tx, ctx, one, two)));
  expect(few).toBeGreaterThan(3);
  expect(lot).toBe(few);
});

const compared = (actor: Actor, from: number, to: number): Promise<Comparison> => {
  const ctx = contextOf(database, actor);
  return transact(ctx, (tx) => compareEditions(tx, ctx, ids[from] ?? "", ids[to] ?? ""));
};

/** kind, what has come where it stands, who, in which words. */
const toldOf = ({ blocks }: Comparison): string[] =>
  blocks.flatMap((block) => {
    const come = block.kind === "table" ? [] : block.spans.filter(({ change }) => change === "inserted");
    return block.asked.map(({ kind, by, text }) => `${kind} ${come.map((span) => span.text).join("")} ${by}: ${text}`);
  });

async function anEdition(
  number: number,
  kind: EditionKind,
  correction: { supersedesId?: string; notice?: string } = {},
  change = (document: ReportDocument) => document,
): Promise<string> {
  const lead = contextOf(database, district.bureau.lead);
  const { document } = await transact(lead, (tx) => compileReport(tx, reportId));
  return sealed(reportId, number, kind, change(document), correction);
}

/** Laid as rows: sealing is not under test. The record says when each text was written, as sealing would. */
async function sealed(
  of: string,
  number: number,
  kind: EditionKind,
  document: ReportDocument,
  correction: { supersedesId?: string; notice?: string },
): Promise<string> {
  const hash = crypto.randomUUID().replaceAll("-", "");
  const written = await database.owner.sql<{ of: string; at: string }[]>`
    select section_id as of, created_at as at from revisions
     where id::text = any(${document.contributions.map(({ revision }) => revision)})`;
  const what = { kind: "leaf", title: "", department: "", number: 1, verdict: "write", step: null, by: "" } as const;
  const [row] = await database.owner.db
    .insert(editions)
    .values({
      jurisdictionId: district.jurisdictionId,
      reportId: of,
      number,
      kind,
      name: document.report.name,
      document,
      sha256: hash,
      record: {
        schema: "huibao.record/1",
        approvals: written.map((one) => ({ ...what, of: one.of, at: new Date(one.at).toISOString() })),
        audit: [],
        attachments: [],
        missing: [],
      },
      sealSha256: hash,
      code: hash.slice(0, 10).toUpperCase(),
      ...correction,
      sealedBy: district.bureau.lead.userId,
      sealedLabel: "发改局 综合股",
      sealedAt: new Date(),
    })
    .returning({ id: editions.id });
  if (!row) throw new Error("no edition was written");
  return row.id;
}

async function giveTo(editionId: string, ...roles: ("drafter" | "signer" | "clerk" | "member")[]): Promise<void> {
  const { userId, label } = district.bureau.lead;
  const common = { jurisdictionId: district.jurisdictionId, editionId, deliveredBy: userId, deliveredLabel: label };
  await database.owner.db
    .insert(deliveries)
    .values(roles.map((toRole) => ({ ...common, toRole, deliveredAt: new Date() })));
}

/** One comment that is adopted, one that is only noted, and one on a text that stays as it is. */
async function asked(editionId: string, farm: Leaf): Promise<void> {
  const { jurisdictionId, organId, commerce, bureau } = district;
  const comment = async (text: string, sectionId: string | null, disposition: "adopted" | "noted" | null) => {
    const [reply] = await database.owner.db
      .insert(consultationReplies)
      .values({
        jurisdictionId,
        editionId,
        organId: organId.commerce,
        kind: "comment",
        blockId: BLOCK_ID,
        position: 1,
        sectionId,
        text,
        authorId: commerce.drafter.userId,
        authorLabel: "商务局",
        createdAt: new Date(),
      })
      .returning({ id: consultationReplies.id });
    if (!reply || !disposition) return;
    await database.owner.db.insert(dispositions).values({
      jurisdictionId,
      replyId: reply.id,
      organId: organId.commerce,
      disposition,
      reason: "已核",
      decidedBy: bureau.lead.userId,
      decidedLabel: bureau.lead.label,
      decidedAt: new Date(),
    });
  };
  await comment("请核对增速。", farm.id, "adopted");
  await comment("再议一下。", farm.id, "noted");
  await comment("不改也行。", farm.id, null);
}

/** An approved leaf goes round once more: returned with a reason, a suggestion accepted, approved again. */
async function writtenAnew({ id: sectionId }: Leaf, text: string): Promise<void> {
  const drafter = contextOf(database, district.agriculture.drafter);
  const signer = contextOf(database, district.agriculture.signer);
  const lead = contextOf(database, district.bureau.lead);
  const version = async () => {
    const [row] = await database.owner.sql<{ version: number }[]>`select version from sections where id = ${sectionId}`;
    return row?.version ?? 0;
  };
  await reviseSection(drafter, { sectionId, version: await version() });
  await saveSection(drafter, { sectionId, version: 1, content: aText("粮食播种面积稳定，增长9.2%。"), keep: false });
  await submitSection(drafter, { sectionId, version: await version(), draftVersion: 2 });
  await signSection(signer, { sectionId, version: await version() });
  await returnSection(lead, { sectionId, version: await version(), reasons: [{ blockId: BLOCK_ID, text: REASON }] });
  const suggestion = {
    jurisdictionId: district.jurisdictionId,
    sectionId,
    organId: district.organId.agriculture,
    kind: "suggestion" as const,
    internal: false,
    blockId: BLOCK_ID,
    blockText: "𠮷粮食播种面积稳定，增长9.1%。",
    from: 13,
    to: 17,
    authorId: signer.actor.userId,
    authorLabel: "农业农村局",
    createdAt: new Date(),
    settledBy: drafter.actor.userId,
    settledLabel: "农业农村局",
    settledAt: new Date(),
  };
  await database.owner.db.insert(remarks).values([
    { ...suggestion, text: "按快报", replacement: "9.3%", outcome: "accepted" },
    { ...suggestion, text: "无关", replacement: "8%", outcome: "rejected" },
  ]);
  await saveSection(drafter, { sectionId, version: 2, content: aText(text), keep: false });
  await answerAll(drafter, { sectionId });
  await submitSection(drafter, { sectionId, version: await version(), draftVersion: 3 });
  await signSection(signer, { sectionId, version: await version() });
  await passSection(lead, { sectionId, version: await version() });
}

/** Statements that one reading sends, by the server's own connection. */
async function statementsOf(read: (ctx: Context) => Promise<unknown>): Promise<number> {
  let count = 0;
  const counted = openDatabase(database.appUrl, { max: 1, name: "test-app", onStatement: () => (count += 1) });
  try {
    const ctx = { ...contextOf(database, district.bureau.lead), db: counted.db };
    await read(ctx);
    count = 0;
    await read(ctx);
    return count;
  } finally {
    await counted.close();
  }
}
