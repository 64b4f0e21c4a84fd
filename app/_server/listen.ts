import { openDatabase } from "../../db/client";
import { type Listen, SIGNAL_CHANNEL } from "./live-hub";

/**
 * A connection for listening alone, which the driver opens with the first call and again and again after the database
 * was away. It needs the session that it listens in: a pooler that lends connections by transaction cannot stand between.
 */
export function listenOn(url: string): Listen {
  return (heard, listening) => {
    const { sql } = openDatabase(url, { max: 1, name: LISTENER });
    // A first attempt that fails is tried again like any other.
    sql.listen(SIGNAL_CHANNEL, heard, listening).catch(() => {});
  };
}

/** How the connection is called in pg_stat_activity. */
export const LISTENER = "huibao-web-live";
