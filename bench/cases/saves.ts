import type { Actor } from "../../domain/kernel/actor";
import type { OrganKind, Role } from "../../domain/kernel/roles";
import type { BareSaves, BareTask } from "../bare-saves";
import { startChild } from "../child";
import type { Saves, Saving, Writer } from "../load";
import { alternate, type Result, rounded } from "../result";
import { say } from "../say";
import { signInAs, type System } from "../system";

const WRITERS = 16;
const GOAL = 0.3;
const ROUNDS = 5;
const SECONDS = { warmUp: 3, round: 3, same: 5 };

/** (c) Sixteen writers, each on a section of their own, then all on the same one. */
export async function measureSaves(system: System, reasons: Record<string, string>): Promise<Result[]> {
  const load = startChild<Saving, Saves>("load.ts");
  const bare = startChild<BareTask, BareSaves>("bare-saves.ts");
  try {
    const leaves = await leavesInWriting(system);
    say(`c: ${leaves.length} sections, one writer each`);
    const own = await measureOwn(system, load, bare, leaves, reasons["c"] ?? "");
    say("c.same: all on one section");
    return [own, await measureSame(system, load, leaves[0], reasons["c.same"] ?? "")];
  } finally {
    load.end();
    bare.end();
  }
}

type Leaf = { sectionId: string; login: string; actor: Actor };
type LoadChild = ReturnType<typeof startChild<Saving, Saves>>;
type BareChild = ReturnType<typeof startChild<BareTask, BareSaves>>;

async function measureOwn(
  system: System,
  load: LoadChild,
  bare: BareChild,
  leaves: Leaf[],
  reason: string,
): Promise<Result> {
  const cookies = await Promise.all(leaves.map((leaf) => signInAs(system, leaf.login)));
  let p50 = 0;
  let p99 = 0;
  const product = async (seconds: number) => {
    const versions = await versionsOf(system, leaves);
    const writers = leaves.map(({ sectionId }, index): Writer => ({
      sectionId,
      cookie: cookies[index] ?? "",
      version: versions.get(sectionId) ?? 0,
    }));
    const saved = await load.ask({ kind: "save", origin: system.origin, writers, seconds, retry: false });
    if (saved.others.length > 0) throw new Error(`a save was refused: ${saved.others[0]}`);
    [p50, p99] = [saved.p50, saved.p99];
    return saved.count / saved.seconds;
  };
  const floor = async (seconds: number) => {
    const versions = await versionsOf(system, leaves);
    const writers = leaves.map(({ sectionId, actor }) => ({ sectionId, actor, version: versions.get(sectionId) ?? 0 }));
    const saved = await bare.ask({ url: system.appUrl, seconds, writers });
    return saved.count / saved.seconds;
  };
  await floor(SECONDS.warmUp);
  await product(SECONDS.warmUp);
  const rates = await alternate(ROUNDS, { floor: () => floor(SECONDS.round), product: () => product(SECONDS.round) });
  const met = rates.ratio >= GOAL;
  return {
    id: "c",
    what: "saving 4 KB, own sections",
    unit: "saves/s",
    floor: rates.floor,
    product: rates.product,
    ratio: rates.ratio,
    goal: `ratio ≥ ${GOAL}`,
    met,
    notes: `${WRITERS} connections; product p50 ${p50} ms, p99 ${p99} ms; rounds ${rates.ratios.join(" ")}`,
    reason: met ? null : reason,
  };
}

/** Floor: the saves that were acknowledged. Product: those of them that the database has, with the text that was sent. */
async function measureSame(system: System, load: LoadChild, leaf: Leaf | undefined, reason: string): Promise<Result> {
  if (!leaf) throw new Error("there is no section to save");
  const version = (await versionsOf(system, [leaf])).get(leaf.sectionId) ?? 0;
  const cookies = await Promise.all(Array.from({ length: WRITERS }, () => signInAs(system, leaf.login)));
  const deadlocksBefore = await deadlocks(system);
  const saved = await load.ask({
    kind: "save",
    origin: system.origin,
    writers: cookies.map((cookie) => ({ sectionId: leaf.sectionId, cookie, version })),
    seconds: SECONDS.same,
    retry: true,
  });
  const kept = await system.owner.sql<{ number: number; text: string; audited: boolean }[]>`
    select number, content #>> '{content,0,content,0,text}' as text,
           exists (select 1 from audit_entries a where a.subject_id = ${leaf.sectionId} and a.action = 'section.save'
                    and (a.detail ->> 'revision')::int = r.number) as audited
      from revisions r where section_id = ${leaf.sectionId}`;
  const texts = new Map(kept.map((row) => [row.number, row]));
  const found = saved.revisions.filter(({ number, mark }) => {
    const row = texts.get(number);
    return row?.audited && row.text.startsWith(`${mark}：`);
  }).length;
  const numbers = new Set(saved.revisions.map(({ number }) => number)).size;
  const locked = (await deadlocks(system)) - deadlocksBefore;
  const met =
    found === saved.count && numbers === saved.count && locked === 0 && saved.others.length === 0 && saved.count > 0;
  return {
    id: "c.same",
    what: "16 writers on one section",
    unit: "saves",
    floor: saved.count,
    product: found,
    ratio: rounded(found / saved.count),
    goal: "every acknowledged save kept, no deadlock, 200 or 409 alone",
    met,
    notes: `${saved.count} acknowledged, ${saved.refused} clear conflicts, ${saved.others.length} other answers, ${locked} deadlocks, in ${rounded(saved.seconds)} s`,
    reason: met ? null : [reason, saved.others[0]].filter(Boolean).join(" "),
  };
}

type Row = {
  section: string;
  login: string;
  label: string;
  user: string;
  membership: string;
  organ: string;
  kind: OrganKind;
  jurisdiction: string;
  role: Role;
};

/** Leaves of prose that their department may write in now, each with one of its drafters. */
async function leavesInWriting({ owner }: System): Promise<Leaf[]> {
  const rows = await owner.sql<Row[]>`
    select distinct on (s.id) s.id as section, u.login, u.name as label, u.id as user, m.id as membership, o.id as organ, o.kind,
           s.jurisdiction_id as jurisdiction, m.role
      from sections s join reports r on r.id = s.report_id join organs o on o.id = s.organ_id
      join memberships m on m.organ_id = o.id and m.role = 'drafter' join users u on u.id = m.user_id
     where r.status = 'collecting' and s.status in ('drafting', 'returned') and s.kind in ('text', 'bullets', 'item')
     order by s.id limit ${WRITERS}`;
  if (rows.length < WRITERS) throw new Error(`the demonstration has only ${rows.length} sections in writing`);
  return rows.map((row) => ({
    sectionId: row.section,
    login: row.login,
    actor: {
      userId: row.user,
      membershipId: row.membership,
      seatId: row.membership,
      organId: row.organ,
      organKind: row.kind,
      jurisdictionId: row.jurisdiction,
      role: row.role,
      label: row.label,
    },
  }));
}

async function versionsOf({ owner }: System, leaves: readonly { sectionId: string }[]): Promise<Map<string, number>> {
  const rows = await owner.sql<{ id: string; version: number }[]>`
    select section_id as id, version from drafts where section_id in ${owner.sql(leaves.map((leaf) => leaf.sectionId))}`;
  return new Map(rows.map((row) => [row.id, row.version]));
}

/** A connection sends its statistics on at most once a second. */
async function deadlocks({ owner }: System): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const [row] = await owner.sql<
    { count: number }[]
  >`select deadlocks::int as count from pg_stat_database where datname = current_database()`;
  return row?.count ?? 0;
}
