import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deliveries, editions, memberships, receipts } from "../../db/schema";
import { wholeCast, type Cast } from "../../db/testing/cast";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aColleague, aDistrict, contextOf, type District } from "../../db/testing/factories";
import { aStage, type Stage } from "../../db/testing/stage";
import type { Actor } from "../kernel/actor";
import { transact } from "../kernel/context";
import { maySeeDelivery, maySeeEdition, maySeeReceipt, READERS, type GivenTo } from "./policy";
import { isOneOf } from "../kernel/roles";

/** The walls of editions, deliveries and receipts (drizzle/0012) against the policy's twins, for every person. */
describe("who sees and writes what of an edition", () => {
  let database: TestDatabase;
  let district: District;
  let stage: Stage;
  let cast: Cast;
  /** Holds the signer of agriculture's post for a while (代办). */
  let deputy: Actor;

  beforeAll(async () => {
    database = await testDatabase();
    district = await aDistrict(database);
    const elsewhere = await aDistrict(database);
    cast = await wholeCast(district, elsewhere);
    const colleague = await aColleague(district, "agriculture", "drafter");
    const { signer } = district.agriculture;
    const [held] = await database.owner.db
      .insert(memberships)
      .values({
        jurisdictionId: district.jurisdictionId,
        organId: signer.organId,
        role: "signer",
        userId: colleague.userId,
        actingFor: signer.membershipId,
        startsAt: new Date(Date.now() - 60_000),
        endsAt: new Date(Date.now() + 3_600_000),
      })
      .returning({ id: memberships.id });
    const post = { membershipId: held?.id ?? "", seatId: signer.membershipId };
    deputy = { ...signer, ...post, userId: colleague.userId };
    cast = [...cast, { name: "the signer's deputy", actor: deputy }];
    stage = await aStage(district);
    await stage.set("approved", "approved");
  });
  afterAll(() => database.close());

  const given = (): GivenTo[][] => [
    [],
    ...READERS.map((role) => [{ role }]),
    [{ organId: district.organId.agriculture }],
    [{ organId: district.organId.congress }],
    [{ membershipId: district.agriculture.signer.membershipId }],
    [{ membershipId: district.congress.member.membershipId }],
    [{ role: "clerk" }, { organId: district.organId.commerce }],
    // As nobody can deliver it, and a mistaken row must not open anything.
    [{ role: "sysadmin" }, { organId: district.organId.centre }],
  ];

  it("row-level security shows what the policy says, to every person, to whomever it was given", async () => {
    const { sealed } = stage.editions;
    const disagreements: string[] = [];
    let tried = 0;
    for (const to of given()) {
      await deliverAsOwner(sealed, to);
      const edition = { jurisdictionId: district.jurisdictionId, given: to };
      for (const { name, actor } of cast) {
        const seen = await transact(contextOf(database, actor), async (tx) => ({
          edition: (await tx.select({ id: editions.id }).from(editions)).some(({ id }) => id === sealed),
          deliveries: (await tx.select().from(deliveries)).filter((row) => row.editionId === sealed).length,
        }));
        const expected = {
          edition: maySeeEdition(actor, edition),
          deliveries: to.filter((one) => maySeeDelivery(actor, edition, one)).length,
        };
        tried += 1;
        if (JSON.stringify(seen) !== JSON.stringify(expected))
          disagreements.push(`${name}, given to ${JSON.stringify(to)}: ${JSON.stringify({ seen, expected })}`);
      }
    }
    expect(disagreements).toEqual([]);
    console.log(`editions: ${tried} combinations agree`);
  });

  it("a receipt is written by whoever was given the edition, for themselves, and seen as the policy says", async () => {
    const { sealed } = stage.editions;
    const to: GivenTo[] = [{ role: "clerk" }, { membershipId: district.agriculture.signer.membershipId }];
    await deliverAsOwner(sealed, to);
    const edition = { jurisdictionId: district.jurisdictionId, given: to };
    for (const { name, actor } of cast) {
      const mayWrite = isOneOf(actor.role, READERS) && maySeeEdition(actor, edition);
      expect(await codeOf(actor, receiptOf(actor, actor)), name).toBe(mayWrite ? null : "42501");
      if (actor.userId !== district.commerce.drafter.userId)
        expect(await codeOf(actor, receiptOf(actor, district.commerce.drafter)), name).toBe("42501");
    }
    const kept = await database.owner.db.select().from(receipts);
    expect(kept.length).toBeGreaterThan(1);
    for (const { name, actor } of cast) {
      const seen = await transact(contextOf(database, actor), (tx) => tx.$count(receipts));
      expect(seen, name).toBe(kept.filter((receipt) => maySeeReceipt(actor, edition, receipt)).length);
    }
    await database.owner.sql`delete from receipts`;
  });

  it("only the lead bureau delivers, to readers of the own district, and drafts to departments alone", async () => {
    const { sealed, draft } = stage.editions;
    const elsewhere = await aDistrict(database);
    await deliverAsOwner(sealed, []);
    for (const { name, actor } of cast) {
      const may = actor.role === "lead" && actor.jurisdictionId === district.jurisdictionId;
      expect(await codeOf(actor, deliveryOf(actor, sealed, { role: "member" })), name).toBe(may ? null : "42501");
      await deliverAsOwner(sealed, []);
    }
    const { lead } = district.bureau;
    const walls: [string, GivenTo, string | null][] = [
      [sealed, { role: "sysadmin" }, "42501"],
      [sealed, { role: "approver" }, "42501"],
      [sealed, { organId: district.organId.centre }, "42501"],
      [sealed, { organId: elsewhere.organId.commerce }, "42501"],
      [sealed, { membershipId: elsewhere.congress.member.membershipId }, "42501"],
      [sealed, { membershipId: district.centre.auditor.membershipId }, "42501"],
      [sealed, { organId: district.organId.congress }, null],
      [sealed, { membershipId: district.congress.member.membershipId }, null],
      [draft, { role: "member" }, "42501"],
      [draft, { organId: district.organId.congress }, "42501"],
      [draft, { membershipId: district.congress.clerk.membershipId }, "42501"],
      [draft, { role: "signer" }, null],
      [draft, { organId: district.organId.commerce }, null],
      [draft, { membershipId: district.commerce.drafter.membershipId }, null],
    ];
    for (const [edition, to, code] of walls)
      expect(await codeOf(lead, deliveryOf(lead, edition, to)), JSON.stringify(to)).toBe(code);
    await deliverAsOwner(sealed, []);
    await deliverAsOwner(draft, []);
  });

  it("nobody takes another report's edition for the one that theirs corrects", async () => {
    const { lead } = district.bureau;
    const other = await aStage(district);
    const seal = (supersedes: string) => sql`
      insert into editions (jurisdiction_id, report_id, number, kind, name, document, sha256, record, seal_sha256, code, supersedes_id, notice,
                            sealed_by, sealed_label, sealed_at)
      select jurisdiction_id, report_id, 9, kind, name, document, sha256, record, seal_sha256, 'AAAAAAAAAA', ${supersedes}::uuid, '更正。',
             ${lead.userId}::uuid, sealed_label, sealed_at from editions where id = ${stage.editions.sealed}`;
    expect(await codeOf(lead, seal(other.editions.delivered))).toBe("42501");
    expect(await codeOf(lead, seal(stage.editions.delivered))).toBeNull();
  });

  /** The edition's deliveries, whatever they were before. */
  async function deliverAsOwner(editionId: string, to: readonly GivenTo[]): Promise<void> {
    await database.owner.sql`delete from receipts where edition_id = ${editionId}`;
    await database.owner.sql`delete from deliveries where edition_id = ${editionId}`;
    for (const one of to) {
      await database.owner.db.insert(deliveries).values({
        jurisdictionId: district.jurisdictionId,
        editionId,
        ...columnsOf(one),
        deliveredBy: district.bureau.lead.userId,
        deliveredLabel: "发改局",
        deliveredAt: new Date(),
      });
    }
  }

  const columnsOf = (to: GivenTo) => ({
    toRole: "role" in to ? to.role : null,
    toOrganId: "organId" in to ? to.organId : null,
    toMembershipId: "membershipId" in to ? to.membershipId : null,
  });

  const deliveryOf = (by: Actor, editionId: string, to: GivenTo) => {
    const { toRole, toOrganId, toMembershipId } = columnsOf(to);
    return sql`
      insert into deliveries (jurisdiction_id, edition_id, to_role, to_organ_id, to_membership_id, delivered_by, delivered_label, delivered_at)
      values (${by.jurisdictionId}, ${editionId}, ${toRole}, ${toOrganId}, ${toMembershipId}, ${by.userId}, 'x', now())`;
  };

  const receiptOf = (by: Actor, whose: Actor) => sql`
    insert into receipts (edition_id, user_id, jurisdiction_id, organ_id, label, opened_at)
    values (${stage.editions.sealed}, ${whose.userId}, ${by.jurisdictionId}, ${whose.organId}, 'x', now()) on conflict do nothing`;

  /** The SQLSTATE that the statement ends in, or null when the database lets it through. */
  async function codeOf(actor: Actor, statement: ReturnType<typeof sql>): Promise<string | null> {
    try {
      await transact(contextOf(database, actor), (tx) => tx.execute(statement));
      return null;
    } catch (error) {
      for (let at: unknown = error; at instanceof Error; at = at.cause)
        if ("code" in at && typeof at.code === "string") return at.code;
      throw error;
    }
  }
});
