import { sql } from "drizzle-orm";
import type { Database } from "../../db/client";
import type { ExportFormat } from "../export/workflow";
import type { EditionKind } from "./workflow";

/** What anybody is told of a code: never a title, a name or a word of the text. */
export type Verified = {
  kind: EditionKind;
  number: number;
  sealedAt: Date;
  jurisdiction: string;
  state: "current" | "superseded" | "undelivered";
  /** The number of the edition that takes its place. */
  newer: number | null;
  /** What the hash that came along is of: the canonical document or a stored file, of this edition or another delivered one. */
  file: { is: ExportFormat | "document"; number: number } | null;
};

/** Looks a code up (ten characters, as readCode gives them), nobody being signed in. `hash` is a SHA-256 in lower-case hex. */
export async function verifyEdition(db: Database, code: string, hash: string | null): Promise<Verified | null> {
  const [row] = await db.execute<{
    kind: EditionKind;
    number: number;
    sealed_at: string;
    jurisdiction: string;
    state: Verified["state"];
    newer: number | null;
    matches: ExportFormat | "document" | null;
    matches_number: number | null;
  }>(sql`select * from verify_edition(${code}, ${hash})`);
  if (!row) return null;
  const { kind, number, jurisdiction, state, newer, matches, matches_number: of } = row;
  const file = matches === null || of === null ? null : { is: matches, number: of };
  return { kind, number, sealedAt: new Date(row.sealed_at), jurisdiction, state, newer, file };
}
