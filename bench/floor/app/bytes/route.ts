import { readFileSync } from "node:fs";

export const dynamic = "force-dynamic";

const file = process.env["FLOOR_FILE"];
const bytes = new Uint8Array(file ? readFileSync(file) : []);

/** The least that a Next route handler can do: the same bytes, compressed once, for everybody. */
export function GET(): Response {
  return new Response(bytes, {
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "private, no-cache" },
  });
}
