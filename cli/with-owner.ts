import { openDatabase, type Database } from "../db/client";
import { inTerminalLanguage, OperatorError } from "../db/embedded/operator-error";
import { prepareDatabase } from "./environment";
import { listenForStop } from "./stop-request";

/**
 * Does one thing with the owner's connection and leaves the database as it was found: a built-in server that this
 * started is stopped again. Progress goes to standard error. A signal ends it in order, with an OperatorError.
 */
export async function withOwner<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const stop = listenForStop(() => process.exit(130));
  const prepared = await prepareDatabase(console.error);
  const connection = openDatabase(prepared.ownerUrl, { max: 1, name: "huibao-cli" });
  try {
    return await Promise.race([work(connection.db), interrupted(stop.signal)]);
  } finally {
    await connection.close();
    await prepared.release();
  }
}

function interrupted(signal: AbortSignal): Promise<never> {
  const error = () => new OperatorError(inTerminalLanguage("已中断。", "Interrupted."));
  return new Promise((_, reject) => {
    if (signal.aborted) reject(error());
    signal.addEventListener("abort", () => reject(error()), { once: true });
  });
}
