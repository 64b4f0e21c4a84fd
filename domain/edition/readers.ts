import { sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import type { OrganKind } from "../kernel/roles";
import { initialsOf } from "../route/initials";
import { actorLabel } from "../user/session";
import type { Reader } from "./policy";

/** A post that can be given an edition. `initials`: of the reading of its label (nyncj). */
export type ReaderPost = {
  id: string;
  userId: string;
  organId: string;
  organ: string;
  organKind: OrganKind;
  role: Reader;
  label: string;
  initials: string;
};

/** By office and label; two of one label are told apart by a number. One query; empty for all but the lead bureau. */
export async function listReaders(tx: Transaction): Promise<ReaderPost[]> {
  const rows = await tx.execute<{
    id: string;
    user_id: string;
    organ_id: string;
    organ: string;
    organ_kind: OrganKind;
    person: string;
    role: Reader;
  }>(
    sql`select p.membership_id as id, p.user_id, p.organ_id, p.organ, p.organ_kind, p.person, p.role
          from readers_posts() p order by p.organ, p.person, p.role, p.membership_id`,
  );
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const label = actorLabel(row.organ, row.person);
    const times = (seen.get(label) ?? 0) + 1;
    seen.set(label, times);
    return {
      id: row.id,
      userId: row.user_id,
      organId: row.organ_id,
      organ: row.organ,
      organKind: row.organ_kind,
      role: row.role,
      label: times === 1 ? label : `${label}（${times}）`,
      initials: initialsOf(label),
    };
  });
}

/** The post that the words name: by its label, or by initials that no other has. */
export function findReader(typed: string, readers: readonly ReaderPost[]): ReaderPost | undefined {
  const words = typed.trim();
  const byInitials = readers.filter(({ initials }) => initials === words.toLowerCase());
  return readers.find(({ label }) => label === words) ?? (byInitials.length === 1 ? byInitials[0] : undefined);
}
