import "server-only";
import { openDatabase, type Connection } from "../../db/client";

/** One pool for this process; kept across hot reloads in development. */
const shared = globalThis as typeof globalThis & { huibaoDatabase?: Connection };

export function database(): Connection {
  const url = process.env["APP_DATABASE_URL"];
  if (!url) throw new Error("APP_DATABASE_URL is not set: start with npm start");
  shared.huibaoDatabase ??= openDatabase(url, {
    max: Number(process.env["APP_DATABASE_POOL"] ?? 16),
    name: "huibao-web",
  });
  return shared.huibaoDatabase;
}
