import { and, asc, eq, exists, ilike, inArray, isNull, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { match } from "pinyin-pro";
import type { Transaction } from "../../db/client";
import { memberships, organs, sessions, users } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { mayAdminister } from "./policy";
import { actorLabel, SESSION_LIMITS } from "./session";

export const PEOPLE_PER_PAGE = 50;

export type People = Awaited<ReturnType<typeof listPeople>>;

/**
 * One page of the district's people by login, for those who administer them. `q` finds a part of a login, name or
 * office, or the pinyin initials of a name or office (fgj, 发改局). Four queries at most, whatever the page holds.
 */
export async function listPeople(tx: Transaction, ctx: Context, { q, page }: { q: string; page: number }) {
  if (!mayAdminister("seePeople", ctx.actor)) throw new DomainError("not-found");
  const condition = q === "" ? undefined : await foundBy(tx, q);
  const found = await tx
    .select({ ...PERSON, total: sql<number>`(count(*) over ())::int` })
    .from(users)
    .where(condition)
    .orderBy(asc(users.login))
    .limit(PEOPLE_PER_PAGE)
    .offset((page - 1) * PEOPLE_PER_PAGE);
  const posts = await activePosts(
    tx,
    found.map((person) => person.id),
  );
  return {
    people: found.map(({ total: _, ...person }) => ({
      ...person,
      posts: posts.filter((post) => post.userId === person.id),
    })),
    total: found[0]?.total ?? 0,
  };
}

export type Person = Awaited<ReturnType<typeof getPerson>>;

/** One person with the posts held now, and the offices of the district for granting another. */
export async function getPerson(tx: Transaction, ctx: Context, userId: string) {
  if (!mayAdminister("seePeople", ctx.actor)) throw new DomainError("not-found");
  const [person] = await tx.select(PERSON).from(users).where(eq(users.id, userId));
  if (!person) throw new DomainError("not-found");
  const [posts, offices] = await Promise.all([
    activePosts(tx, [userId]),
    tx.select({ id: organs.id, name: organs.shortName, kind: organs.kind }).from(organs).orderBy(asc(organs.code)),
  ]);
  return {
    ...person,
    posts,
    offices,
    own: userId === ctx.actor.userId,
    can: {
      manageAccounts: mayAdminister("manageAccounts", ctx.actor),
      grantRoles: mayAdminister("grantRoles", ctx.actor),
      endSessions: mayAdminister("endSessions", ctx.actor),
    },
  };
}

export type OwnAccount = Awaited<ReturnType<typeof getOwnAccount>>;

/** One's own posts, oldest first and before those held for somebody else for a while, and how many places one is signed in at. */
export async function getOwnAccount(tx: Transaction, ctx: Context) {
  const [posts, [person]] = await Promise.all([
    activePosts(tx, [ctx.actor.userId]),
    tx.select(PERSON).from(users).where(eq(users.id, ctx.actor.userId)),
  ]);
  return {
    posts: posts.map((post) => ({ ...post, current: post.id === ctx.actor.membershipId })),
    login: person?.login ?? "",
    signedIn: person?.signedIn ?? 0,
  };
}

/** True when every letter of `letters` begins the reading of the next character of `name`, without gaps; any reading counts. */
export const hasInitials = (name: string, letters: string): boolean =>
  match(name, letters.toLowerCase(), { precision: "first", lastPrecision: "first", continuous: true, v: true }) !==
  null;

const PERSON = {
  id: users.id,
  login: users.login,
  name: users.name,
  disabledAt: users.disabledAt,
  /** Sessions that a request would still find alive. */
  signedIn: sql<number>`(select count(*)::int from ${sessions} s where s.user_id = users.id and s.expires_at > now()
                          and s.seen_at > now() - ${`${SESSION_LIMITS.idleMinutes} minutes`}::interval)`,
};

const principalPost = alias(memberships, "principal_post");
const principal = alias(users, "principal");

/** `acting`: for whom it is held (代办), and the last day of it; administrators may read the name themselves. */
async function activePosts(tx: Transaction, userIds: readonly string[]) {
  if (userIds.length === 0) return [];
  const rows = await tx
    .select({
      id: memberships.id,
      userId: memberships.userId,
      role: memberships.role,
      organ: organs.shortName,
      actingFor: memberships.actingFor,
      endsAt: memberships.endsAt,
      name: sql<string | null>`case when memberships.acting_for is not null
        then coalesce(${principal.name}, (select p.name from principals() p where p.membership_id = memberships.id)) end`,
    })
    .from(memberships)
    .innerJoin(organs, eq(organs.id, memberships.organId))
    .leftJoin(principalPost, eq(principalPost.id, memberships.actingFor))
    .leftJoin(principal, eq(principal.id, principalPost.userId))
    .where(and(inArray(memberships.userId, [...userIds]), sql`is_held(memberships)`))
    .orderBy(
      asc(sql`memberships.acting_for is not null`),
      asc(memberships.createdAt),
      asc(organs.code),
      asc(memberships.role),
    );
  return rows.map(({ actingFor, endsAt, name, ...post }) => ({
    ...post,
    acting:
      actingFor === null || endsAt === null
        ? null
        : { name: actorLabel(post.organ, name ?? ""), lastDay: new Date(endsAt.getTime() - 1) },
  }));
}

async function foundBy(tx: Transaction, q: string): Promise<SQL | undefined> {
  const part = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const inOffice = (condition: SQL | undefined) =>
    exists(
      tx
        .select({ one: sql`1` })
        .from(memberships)
        .innerJoin(organs, eq(organs.id, memberships.organId))
        .where(and(eq(memberships.userId, users.id), isNull(memberships.endedAt), condition)),
    );
  const initials = /^[a-z]{2,20}$/i.test(q) ? await foundByInitials(tx, q) : { people: [], offices: [] };
  return or(
    ilike(users.login, part),
    ilike(users.name, part),
    inOffice(or(ilike(organs.name, part), ilike(organs.shortName, part))),
    initials.people.length > 0 ? inArray(users.id, initials.people) : undefined,
    initials.offices.length > 0 ? inOffice(inArray(organs.id, initials.offices)) : undefined,
  );
}

/** The database knows no pinyin: names are read whole, which for a district's people is a few thousand at most. */
async function foundByInitials(tx: Transaction, letters: string): Promise<{ people: string[]; offices: string[] }> {
  const [people, offices] = await Promise.all([
    tx.select({ id: users.id, name: users.name }).from(users),
    tx.select({ id: organs.id, name: organs.shortName, full: organs.name }).from(organs),
  ]);
  return {
    people: people.filter(({ name }) => hasInitials(name, letters)).map(({ id }) => id),
    offices: offices
      .filter(({ name, full }) => hasInitials(name, letters) || hasInitials(full, letters))
      .map(({ id }) => id),
  };
}
