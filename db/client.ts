import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql, type TransactionSql } from "postgres";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

export type Connection = { db: Database; sql: Sql; close: () => Promise<void> };

/** One pool. Statements that run longer than 30 s are defects and end themselves; so do forgotten transactions. */
export function openDatabase(
  url: string,
  options: { max?: number; name?: string; onStatement?: () => void } = {},
): Connection {
  const sql = postgres(url, {
    max: options.max ?? 10,
    connect_timeout: 5,
    idle_timeout: 60,
    max_lifetime: 60 * 30,
    backoff: () => 0.2,
    onnotice: () => {},
    ...(options.onStatement ? { debug: options.onStatement } : {}),
    connection: {
      application_name: options.name ?? "huibao",
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 30_000,
    },
  });
  return { db: drizzle(preparing(sql), { schema }), sql, close: () => sql.end({ timeout: 5 }) };
}

/**
 * Drizzle sends its queries unprepared: parsed and planned anew each time, in two round trips. Through this they are
 * prepared once a connection; there are as many as the code has queries.
 */
function preparing<T extends Sql | TransactionSql>(sql: T): T {
  const unsafe: Sql["unsafe"] = (query, values, options) => sql.unsafe(query, values, { ...options, prepare: true });
  const within = (open: "begin" | "savepoint") => (work: (tx: TransactionSql) => unknown) => {
    const start = Reflect.get(sql, open) as (work: (tx: TransactionSql) => unknown) => unknown;
    return start((tx) => work(preparing(tx)));
  };
  const changed: Record<PropertyKey, unknown> = { unsafe, begin: within("begin"), savepoint: within("savepoint") };
  return new Proxy(sql, { get: (target, key) => changed[key] ?? Reflect.get(target, key) });
}
