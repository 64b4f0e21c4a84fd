import { and, desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  aReport,
  aSection,
  aText,
  alsoHolds,
  BLOCK_ID,
  contextOf,
  refusalOf,
  type District,
  type LeafInState,
} from "../../db/testing/factories";
import { auditEntries, drafts, outbox, reviewReasons, reviews, revisions, sections } from "../../db/schema";
import type { Actor } from "../kernel/actor";
import type { Context } from "../kernel/context";
import type { Content } from "./content";
import { passSection, returnSection, signSection, withdrawSection } from "./decisions";
import { saveSection, submitSection } from "./mutations";
import { StaleSave } from "./stale-save";
import type { SectionStatus } from "./workflow";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

describe("saving a working copy", () => {
  it("on an old version is refused with the text that is there, whose it is and since when", async () => {
    const leaf = await aSection(district);
    const colleague = await aColleague(district, "agriculture", "drafter");
    const at = new Date("2024-07-10T01:00:00Z");
    await saveSection({ ...as(colleague), now: () => at }, saving(leaf, aText("同事的改稿。")));
    const error: unknown = await saveSection(drafter(), saving(leaf, aText("我的改稿。"))).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(StaleSave);
    expect(error).toMatchObject({
      key: "stale-version",
      current: { version: 2, content: aText("同事的改稿。"), by: colleague.label, at },
    });
  });

  it("without keeping it leaves one text and no revision, and keeping it cuts one with its number", async () => {
    const leaf = await aSection(district);
    expect(await saveSection(drafter(), saving(leaf, aText("一稿。")))).toMatchObject({ version: 2, revision: null });
    expect(await revisionsOf(leaf)).toHaveLength(0);
    expect(await saveSection(drafter(), { ...saving(leaf, aText("二稿。")), version: 2, keep: true })).toMatchObject({
      version: 3,
      revision: 1,
    });
    expect(await revisionsOf(leaf)).toMatchObject([
      { number: 1, kind: "saved", content: aText("二稿。"), authorId: drafter().actor.userId },
    ]);
  });

  it("keeps a text that is set aside as a revision, and leaves the working copy as it is", async () => {
    const leaf = await aSection(district, { text: "一稿。" });
    const aside = { ...saving(leaf, aText("没有选用的一稿。")), keep: true, aside: true };
    expect(await saveSection(drafter(), aside)).toMatchObject({ version: 1, revision: 1 });
    expect(await revisionsOf(leaf)).toMatchObject([{ number: 1, kind: "saved", content: aText("没有选用的一稿。") }]);
    expect(await saveSection(drafter(), saving(leaf, aText("二稿。")))).toMatchObject({ version: 2, revision: null });
    expect(await refusalOf(saveSection(drafter(), aside))).toBe("stale-version");
    expect(await revisionsOf(leaf)).toHaveLength(1);
  });

  it("refuses a text of a kind that the leaf cannot hold", async () => {
    const report = await aReport(district, { leaves: [{ department: "agriculture", kind: "title" }] });
    const sectionId = report.leaves[0]?.id ?? "";
    const two: Content = {
      type: "doc",
      content: [...aText("一").content, { type: "paragraph", attrs: { id: "block-02" } }],
    };
    expect(await refusalOf(saveSection(drafter(), { sectionId, version: 0, content: two, keep: false }))).toBe(
      "text-kind-mismatch",
    );
  });
});

describe("submitting", () => {
  it("an empty text is refused and leaves nothing behind", async () => {
    const leaf = await aSection(district, { text: "" });
    expect(await refusalOf(submitSection(drafter(), { ...moving(leaf), draftVersion: 1 }))).toBe("text-empty");
    expect(await revisionsOf(leaf)).toHaveLength(0);
    const [draft] = await database.owner.db.select().from(drafts).where(eq(drafts.sectionId, leaf.id));
    expect(draft?.revisionCount).toBe(0);
  });

  it("a heading, which has no text, is not found", async () => {
    const report = await aReport(district);
    const [heading] = await database.owner.db
      .select()
      .from(sections)
      .where(and(eq(sections.reportId, report.id), eq(sections.kind, "part")));
    const attempt = submitSection(as(district.bureau.drafter), {
      sectionId: heading?.id ?? "",
      version: 1,
      draftVersion: 0,
    });
    expect(await refusalOf(attempt)).toBe("not-found");
  });
});

describe("deciding on one's own work", () => {
  it("is refused to who wrote a line of it once, though another hand submitted it", async () => {
    const colleague = await aColleague(district, "agriculture", "drafter");
    const leaf = await aSection(district);
    await saveSection(as(colleague), saving(leaf, aText("同事补了一句。")));
    await submitSection(drafter(), { ...moving(leaf), draftVersion: 2 });
    const colleagueAsSigner = await alsoHolds(district, colleague, "agriculture", "signer");
    expect(await refusalOf(signSection(as(colleagueAsSigner), { sectionId: leaf.id, version: 2 }))).toBe("own-work");
    expect(await refusalOf(returnSection(as(colleagueAsSigner), returning(leaf, 2)))).toBe("own-work");
    expect(
      await refusalOf(signSection(as(district.agriculture.signer), { sectionId: leaf.id, version: 2 })),
    ).toBeNull();
  });

  it("is refused to who only pressed the button to submit", async () => {
    const colleague = await aColleague(district, "agriculture", "drafter");
    const leaf = await aSection(district);
    await submitSection(as(colleague), { ...moving(leaf), draftVersion: 1 });
    const colleagueAsSigner = await alsoHolds(district, colleague, "agriculture", "signer");
    expect(await refusalOf(signSection(as(colleagueAsSigner), { sectionId: leaf.id, version: 2 }))).toBe("own-work");
  });

  it("is refused to who signed the text and now reviews it for the lead bureau", async () => {
    const leaf = await aSection(district, { status: "reviewing" });
    const signerAsLead = await alsoHolds(district, district.agriculture.signer, "bureau", "lead");
    expect(await refusalOf(passSection(as(signerAsLead), moving(leaf)))).toBe("signed-by-you");
    expect(await refusalOf(passSection(as(district.bureau.lead), moving(leaf)))).toBeNull();
  });
});

describe("returning", () => {
  it("needs a reason, and every reason names a paragraph of the text that was judged", async () => {
    const leaf = await aSection(district, { status: "reviewing" });
    const lead = as(district.bureau.lead);
    expect(await refusalOf(returnSection(lead, { ...moving(leaf), reasons: [] }))).toBe("reasons-missing");
    const nowhere = [{ blockId: "no-such-block", text: "请核对。" }];
    expect(await refusalOf(returnSection(lead, { ...moving(leaf), reasons: [...reasons, ...nowhere] }))).toBe(
      "reason-not-in-text",
    );
    expect(await stateOf(leaf)).toMatchObject({ status: "reviewing", version: 3 });
    const verdicts = await database.owner.db.select().from(reviews).where(eq(reviews.sectionId, leaf.id));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(["sign"]);
    expect(await database.owner.db.$count(reviewReasons, eq(reviewReasons.sectionId, leaf.id))).toBe(0);
  });

  it("quotes the paragraph as it stood and pins the verdict to the revision", async () => {
    const leaf = await aSection(district, { status: "reviewing", text: "完成年度计划的51.40%。" });
    await returnSection(as(district.bureau.lead), returning(leaf, 3));
    const [reason] = await database.owner.db.select().from(reviewReasons).where(eq(reviewReasons.sectionId, leaf.id));
    expect(reason).toMatchObject({ blockId: BLOCK_ID, quote: "完成年度计划的51.40%。", text: "请核对。" });
    const [revision] = await revisionsOf(leaf);
    const [verdict] = await database.owner.db
      .select()
      .from(reviews)
      .where(and(eq(reviews.sectionId, leaf.id), eq(reviews.verdict, "return")));
    expect(verdict?.revisionId).toBe(revision?.id);
    expect(await stateOf(leaf)).toMatchObject({ status: "returned", submittedRevisionId: null, signedBy: null });
  });
});

describe("withdrawing", () => {
  it.each<[string, SectionStatus, "drafter" | "signer", SectionStatus | null]>([
    ["the drafter, before the signer has acted", "signing", "drafter", "drafting"],
    ["the drafter, once it is signed", "reviewing", "drafter", null],
    ["the signer, before the lead bureau has acted", "reviewing", "signer", "signing"],
    ["the signer, what was never signed", "signing", "signer", null],
    ["the signer, once the lead bureau has passed it", "approved", "signer", null],
    ["the drafter, what was returned", "returned", "drafter", null],
  ])("%s", async (_, status, role, to) => {
    const leaf = await aSection(district, { status });
    const said = await refusalOf(withdrawSection(as(district.agriculture[role]), moving(leaf)));
    expect(said).toBe(to === null ? "section-not-withdrawable" : null);
    expect(await stateOf(leaf)).toMatchObject({ status: to ?? status, version: leaf.version + (to === null ? 0 : 1) });
  });

  it("leaves the revision that went up, and the next submission is a new one", async () => {
    const leaf = await aSection(district, { status: "signing" });
    await withdrawSection(drafter(), moving(leaf));
    await submitSection(drafter(), { sectionId: leaf.id, version: 3, draftVersion: 1 });
    expect((await revisionsOf(leaf)).map(({ number }) => number)).toEqual([1, 2]);
  });
});

describe("every verb", () => {
  const VERBS: {
    verb: string;
    from: SectionStatus;
    event: string | null;
    does: (leaf: LeafInState) => Promise<unknown>;
    stale: (leaf: LeafInState) => Promise<unknown>;
  }[] = [
    {
      verb: "save",
      from: "drafting",
      event: null,
      does: (leaf) => saveSection(drafter(), { ...saving(leaf, aText("改。")), keep: true }),
      stale: (leaf) => saveSection(drafter(), { ...saving(leaf, aText("改。")), version: 0 }),
    },
    {
      verb: "submit",
      from: "drafting",
      event: "section.submitted",
      does: (leaf) => submitSection(drafter(), { ...moving(leaf), draftVersion: 1 }),
      stale: (leaf) => submitSection(drafter(), { ...old(leaf), draftVersion: 1 }),
    },
    {
      verb: "withdraw",
      from: "signing",
      event: "section.withdrawn",
      does: (leaf) => withdrawSection(drafter(), moving(leaf)),
      stale: (leaf) => withdrawSection(drafter(), old(leaf)),
    },
    {
      verb: "sign",
      from: "signing",
      event: "section.signed",
      does: (leaf) => signSection(signer(), moving(leaf)),
      stale: (leaf) => signSection(signer(), old(leaf)),
    },
    {
      verb: "pass",
      from: "reviewing",
      event: "section.passed",
      does: (leaf) => passSection(lead(), moving(leaf)),
      stale: (leaf) => passSection(lead(), old(leaf)),
    },
    {
      verb: "return",
      from: "reviewing",
      event: "section.returned",
      does: (leaf) => returnSection(lead(), returning(leaf, leaf.version)),
      stale: (leaf) => returnSection(lead(), returning(leaf, leaf.version - 1)),
    },
  ];

  it.each(VERBS)(
    "$verb leaves one audit entry and its event, and none of them when refused",
    async ({ verb, from, event, does, stale }) => {
      const leaf = await aSection(district, { status: from });
      const before = await tracesOf(leaf);
      expect(await refusalOf(stale(leaf))).toBe("stale-version");
      expect(await tracesOf(leaf)).toEqual(before);
      await does(leaf);
      const after = await tracesOf(leaf);
      expect(after.audited).toEqual([`section.${verb}`, ...before.audited]);
      expect(after.events).toEqual(event ? [event, ...before.events] : before.events);
    },
  );

  it.each(
    VERBS.flatMap((row) => (["audit_entries", "outbox"] as const).map((table) => ({ ...row, table }))).filter(
      ({ event, table }) => event || table === "audit_entries",
    ),
  )("$verb that cannot write to $table leaves everything as it was", async ({ from, does, table }) => {
    const leaf = await aSection(district, { status: from });
    const before = await everythingOf(leaf);
    await database.owner.sql.unsafe(`
        create or replace function broken() returns trigger language plpgsql as $$ begin raise exception 'disk on fire'; end $$;
        create trigger broken before insert on ${table} for each row execute function broken();`);
    try {
      await expect(does(leaf)).rejects.toMatchObject({ cause: { message: "disk on fire" } });
    } finally {
      await database.owner.sql.unsafe(`drop trigger broken on ${table}`);
    }
    expect(await everythingOf(leaf)).toEqual(before);
    await does(leaf);
    expect(await everythingOf(leaf)).not.toEqual(before);
  });
});

const reasons = [{ blockId: BLOCK_ID, text: "请核对。" }];
const as = (actor: Actor): Context => contextOf(database, actor);
const drafter = () => as(district.agriculture.drafter);
const signer = () => as(district.agriculture.signer);
const lead = () => as(district.bureau.lead);
const moving = (leaf: LeafInState) => ({ sectionId: leaf.id, version: leaf.version });
const old = (leaf: LeafInState) => ({ sectionId: leaf.id, version: leaf.version - 1 });
const returning = (leaf: LeafInState, version: number) => ({ sectionId: leaf.id, version, reasons });
const saving = (leaf: LeafInState, content: Content) => ({
  sectionId: leaf.id,
  version: leaf.draftVersion,
  content,
  keep: false,
});

const revisionsOf = (leaf: LeafInState) =>
  database.owner.db.select().from(revisions).where(eq(revisions.sectionId, leaf.id)).orderBy(revisions.number);

async function stateOf(leaf: LeafInState) {
  const [row] = await database.owner.db.select().from(sections).where(eq(sections.id, leaf.id));
  return row;
}

/** Newest first. */
async function tracesOf(leaf: LeafInState) {
  const audited = await database.owner.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, leaf.id))
    .orderBy(desc(auditEntries.id));
  const events = await database.owner.db
    .select()
    .from(outbox)
    .where(eq(outbox.sectionId, leaf.id))
    .orderBy(desc(outbox.createdAt));
  return { audited: audited.map(({ action }) => action), events: events.map(({ event }) => event) };
}

async function everythingOf(leaf: LeafInState) {
  const [draft] = await database.owner.db.select().from(drafts).where(eq(drafts.sectionId, leaf.id));
  const verdicts = await database.owner.db.select().from(reviews).where(eq(reviews.sectionId, leaf.id));
  const jobs = await database.owner.sql`select count(*)::int as n from graphile_worker._private_jobs`;
  return {
    draft,
    verdicts,
    leaf: await stateOf(leaf),
    revisions: await revisionsOf(leaf),
    traces: await tracesOf(leaf),
    jobs: jobs[0]?.n,
  };
}
