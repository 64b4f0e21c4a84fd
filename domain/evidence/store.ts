import { eq } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { evidence } from "../../db/schema";

/**
 * Where the bytes of evidence lie. One place today, PostgreSQL: they are backed up, restored and hidden together with
 * the rows that name them. A deployment with much of it would put another implementation here.
 */
export type EvidenceStore = {
  put: (tx: Transaction, row: typeof evidence.$inferInsert) => Promise<void>;
  get: (tx: Transaction, id: string) => Promise<Uint8Array | null>;
};

export const inPostgres: EvidenceStore = {
  put: async (tx, row) => {
    await tx.insert(evidence).values(row);
  },
  get: async (tx, id) => {
    const [row] = await tx.select({ bytes: evidence.bytes }).from(evidence).where(eq(evidence.id, id));
    return row?.bytes ?? null;
  },
};
