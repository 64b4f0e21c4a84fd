import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claims, looks } from "../../db/schema";
import { wholeCast, type Cast } from "../../db/testing/cast";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  aReport,
  aText,
  contextOf,
  refusalOf,
  takeLeaf,
  type District,
  type LeafInState,
} from "../../db/testing/factories";
import type { Actor } from "../kernel/actor";
import { transact, type Context } from "../kernel/context";
import { returnSection, signSection, withdrawSection } from "../section/decisions";
import { saveSection, submitSection } from "../section/mutations";
import { claimSection, readClaim, releaseSection, type Claim } from "./claims";
import { CLAIM_MINUTES, mayClaim, maySeeClaim, maySeeLook } from "./claims-policy";
import { rememberLook, seenBefore } from "./looks";

const DENIED = "42501";

describe("who has a text in hand, and what they saw of it", () => {
  let database: TestDatabase;
  let district: District;
  let elsewhere: District;
  let cast: Cast;

  beforeAll(async () => {
    database = await testDatabase();
    district = await aDistrict(database);
    elsewhere = await aDistrict(database);
    cast = await wholeCast(district, elsewhere);
  });
  afterAll(() => database.close());

  const at = (actor: Actor, minutes = 0): Context =>
    contextOf(database, actor, () => new Date(Date.now() + minutes * 60_000));
  const claim = (actor: Actor, sectionId: string, minutes = 0, takeOver = false) =>
    claimSection(at(actor, minutes), { sectionId, by: actor.label, takeOver });
  const seenBy = (actor: Actor, sectionId: string, minutes = 0): Promise<Claim | null> => {
    const ctx = at(actor, minutes);
    return transact(ctx, (tx) => readClaim(tx, ctx, sectionId));
  };

  it("tells others who took it in hand and since when, until twenty minutes are over", async () => {
    const leaf = await aLeaf("reviewing");
    const other = await aColleague(district, "bureau", "lead");
    const taken = await claim(district.bureau.lead, leaf.id);
    expect(taken).toMatchObject({ by: district.bureau.lead.label, mine: true });
    expect(await seenBy(other, leaf.id)).toMatchObject({ by: district.bureau.lead.label, mine: false });
    expect(await seenBy(district.agriculture.drafter, leaf.id)).toMatchObject({ mine: false });
    expect(await seenBy(other, leaf.id, CLAIM_MINUTES + 1)).toBeNull();
  });

  it("goes on from the same hour for who has it, and begins anew for who takes it over or finds it lapsed", async () => {
    const leaf = await aLeaf("reviewing");
    const other = await aColleague(district, "bureau", "lead");
    const first = await claim(district.bureau.lead, leaf.id);
    const again = await claim(district.bureau.lead, leaf.id, 10);
    expect(again?.since).toEqual(first?.since);
    expect(Number(again?.until)).toBeGreaterThan(Number(first?.until));
    expect(await claim(other, leaf.id, 11)).toMatchObject({ mine: false, since: first?.since });
    expect(await claim(other, leaf.id, 12, true)).toMatchObject({ mine: true });
    expect(await claim(district.bureau.lead, leaf.id, 13)).toMatchObject({ mine: false });
    expect(await claim(district.bureau.lead, leaf.id, 12 + CLAIM_MINUTES + 1)).toMatchObject({ mine: true });
  });

  it("is given up by who has it alone, and ends with the step", async () => {
    const leaf = await aLeaf("signing");
    const other = await aColleague(district, "agriculture", "signer");
    await claim(district.agriculture.signer, leaf.id);
    await releaseSection(at(other), leaf.id);
    expect(await seenBy(other, leaf.id)).not.toBeNull();
    await releaseSection(at(district.agriculture.signer), leaf.id);
    expect(await seenBy(other, leaf.id)).toBeNull();

    await claim(district.agriculture.signer, leaf.id);
    await signSection(at(other), { sectionId: leaf.id, version: leaf.version });
    expect(await seenBy(district.bureau.lead, leaf.id)).toBeNull();
    expect(await claim(district.bureau.lead, leaf.id)).toMatchObject({ mine: true });
  });

  it("blocks no decision", async () => {
    const leaf = await aLeaf("reviewing");
    const other = await aColleague(district, "bureau", "lead");
    await claim(district.bureau.lead, leaf.id);
    const reasons = [{ blockId: leaf.blockId, text: "请核对。" }];
    expect(
      await refusalOf(returnSection(at(other), { sectionId: leaf.id, version: leaf.version, reasons })),
    ).toBeNull();
  });

  it("row-level security and policy agree on who claims, for everybody in every state", async () => {
    const disagreements: string[] = [];
    for (const status of ["drafting", "signing", "reviewing"] as const) {
      const leaf = await aLeaf(status);
      const [row] = await database.owner.sql<{ seats: string[] }[]>`
        select coalesce(array_agg(p.membership_id) filter (where p.membership_id is not null), '{}') as seats
          from sections s left join lateral seats_of(s.step_id, s.organ_id, null, s.id, null) p on true where s.id = ${leaf.id}`;
      const text = { jurisdictionId: district.jurisdictionId, seats: row?.seats ?? [] };
      for (const { name, actor } of cast) {
        await database.owner.sql`delete from claims`;
        const written = await raw(
          actor,
          sql`
          insert into claims (section_id, jurisdiction_id, membership_id, label, since, until)
          values (${leaf.id}, ${actor.jurisdictionId}, ${actor.membershipId}, 'x', now(), now() + interval '1 hour')`,
        );
        if ((written === null) !== mayClaim(actor, text))
          disagreements.push(`${name} claims a leaf ${status}: ${written}`);
        const asked = await claim(actor, leaf.id);
        if ((asked !== null) !== mayClaim(actor, text)) disagreements.push(`${name} asks for a leaf ${status}`);

        await database.owner.sql`delete from claims`;
        await database.owner.sql`
          insert into claims (section_id, jurisdiction_id, membership_id, label, since, until)
          values (${leaf.id}, ${district.jurisdictionId}, ${district.bureau.drafter.membershipId}, 'x', now(), now() + interval '1 hour')`;
        const reached = await transact(at(actor), async (tx) => ({
          seen: await tx.$count(claims, eq(claims.sectionId, leaf.id)),
          changed: (
            await tx.update(claims).set({ membershipId: actor.membershipId }).where(eq(claims.sectionId, leaf.id))
          ).count,
        }));
        if ((reached.seen === 1) !== maySeeClaim(actor, text))
          disagreements.push(`${name} sees the claim on a leaf ${status}`);
        if ((reached.changed === 1) !== mayClaim(actor, text))
          disagreements.push(`${name} takes over a leaf ${status}`);
      }
    }
    expect(disagreements).toEqual([]);
  });

  it("lets nobody claim in another's name", async () => {
    const leaf = await aLeaf("reviewing");
    const other = await aColleague(district, "bureau", "lead");
    const { lead } = district.bureau;
    const forged = sql`insert into claims (section_id, jurisdiction_id, membership_id, label, since, until)
      values (${leaf.id}, ${lead.jurisdictionId}, ${other.membershipId}, 'x', now(), now())`;
    expect(await raw(lead, forged)).toBe(DENIED);
    await claim(lead, leaf.id);
    expect(
      await raw(lead, sql`update claims set membership_id = ${other.membershipId} where section_id = ${leaf.id}`),
    ).toBe(DENIED);
  });

  it("remembers the text seen last and the one before it, also when the page is looked at again", async () => {
    const leaf = await aLeaf("signing");
    const { signer, drafter } = district.agriculture;
    const before = async () => {
      const ctx = at(signer);
      const current = await submitted(leaf.id);
      return (await transact(ctx, (tx) => seenBefore(tx, ctx, leaf.id, current)))?.number ?? null;
    };
    const first = await submitted(leaf.id);
    await rememberLook(at(signer), { kind: "leaf", id: leaf.id, revisionId: first });
    expect(await before()).toBeNull();
    await rewritten(drafter, leaf, 1);
    const second = await submitted(leaf.id);
    expect(await before()).toBe(1);
    const look = () => rememberLook(at(signer), { kind: "leaf", id: leaf.id, revisionId: second });
    await look();
    await look();
    expect(await before()).toBe(1);
    // A window that was left open and still shows the first one.
    await rememberLook(at(signer), { kind: "leaf", id: leaf.id, revisionId: first });
    expect(await before()).toBe(1);
    await rewritten(drafter, leaf, 2);
    expect(await before()).toBe(2);
  });

  it("remembers nothing that was not before one's eyes, and nothing for who does not decide", async () => {
    const [leaf, other] = [await aLeaf("signing"), await aLeaf("signing")];
    const revisionId = await submitted(leaf.id);
    const look = (actor: Actor, id = leaf.id) => refusalOf(rememberLook(at(actor), { kind: "leaf", id, revisionId }));
    expect(await look(district.agriculture.signer)).toBeNull();
    expect(await look(district.agriculture.signer, other.id)).toBe("not-found");
    expect(await look(district.commerce.signer)).toBe("not-found");
    expect(await look(elsewhere.bureau.lead)).toBe("not-found");
    expect(await look(district.agriculture.drafter)).toBe("not-your-role");
    expect(await look(district.congress.clerk)).toBe("not-your-role");
    expect(await refusalOf(rememberLook(at(district.bureau.lead), { kind: "row", id: leaf.id, revisionId }))).toBe(
      "not-found",
    );
    expect(await refusalOf(rememberLook(at(district.bureau.lead), { kind: "leaf", id: "\0", revisionId }))).toBe(
      "not-found",
    );
  });

  it("shows what somebody looked at to nobody else, and lets nobody write it for them", async () => {
    const leaf = await aLeaf("reviewing");
    const { lead } = district.bureau;
    const revisionId = await submitted(leaf.id);
    await rememberLook(at(lead), { kind: "leaf", id: leaf.id, revisionId });
    const mine = and(eq(looks.userId, lead.userId), eq(looks.sectionId, leaf.id));
    for (const { name, actor } of cast) {
      const seen = await transact(at(actor), (tx) => tx.$count(looks, mine));
      expect(seen === 1, name).toBe(maySeeLook(actor, { userId: lead.userId }));
    }
    const { signer } = district.agriculture;
    const forged = sql`insert into looks (jurisdiction_id, user_id, section_id, revision_id, at)
      values (${lead.jurisdictionId}, ${signer.userId}, ${leaf.id}, ${revisionId}, now())`;
    expect(await raw(lead, forged)).toBe(DENIED);
    // What one may not read one has not looked at.
    const unseen = sql`insert into looks (jurisdiction_id, user_id, section_id, revision_id, at)
      values (${lead.jurisdictionId}, ${district.commerce.signer.userId}, ${leaf.id}, ${revisionId}, now())`;
    expect(await raw(district.commerce.signer, unseen)).toBe(DENIED);
  });

  async function aLeaf(status: "drafting" | "signing" | "reviewing"): Promise<LeafInState> {
    const { leaves } = await aReport(district, { leaves: [{ department: "agriculture" }] });
    const [leaf] = leaves;
    if (!leaf) throw new Error("no leaf");
    return takeLeaf(district, leaf, status);
  }

  async function submitted(id: string): Promise<string> {
    const [row] = await database.owner.sql`select submitted_revision_id as id from sections where id = ${id}`;
    return String(row?.["id"]);
  }

  /** Taken back, written anew and put before the signer again, for the `time`th time. */
  async function rewritten(drafter: Actor, leaf: LeafInState, time: number): Promise<void> {
    const [version, draftVersion] = [leaf.version + 2 * (time - 1), leaf.draftVersion + time - 1];
    await withdrawSection(at(drafter), { sectionId: leaf.id, version });
    const content = aText(`农业：完成年度计划的5${time}.00%。`);
    await saveSection(at(drafter), { sectionId: leaf.id, version: draftVersion, content, keep: false });
    await submitSection(at(drafter), { sectionId: leaf.id, version: version + 1, draftVersion: draftVersion + 1 });
  }

  /** The SQLSTATE that the statement ends in, or null when the database lets it through. */
  async function raw(actor: Actor, statement: ReturnType<typeof sql>): Promise<string | null> {
    try {
      await transact(at(actor), async (tx) => tx.execute(statement));
      return null;
    } catch (error) {
      for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
        if ("code" in cause && typeof cause.code === "string") return cause.code;
      }
      throw error;
    }
  }
});
