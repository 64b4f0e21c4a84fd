import "server-only";
import type { RefusalKey } from "../../domain/kernel/errors";
import { DomainError, outage } from "../../domain/kernel/errors";
import { signedIn, type SignedIn } from "./context";
import { logBroken } from "./log";
import { isSameOrigin } from "./same-origin";

/**
 * A route handler's road, as runAction is an action's: our own page? who is it? do it; and every failure as JSON that
 * says what happened. 401 signed out, 403 and 404 refused, 413 too large, 503 database away or full, 500 with a number.
 * `who` is `watching` for what a page asks by itself.
 */
export async function runApi(
  request: Request,
  where: string,
  work: (ctx: SignedIn) => Promise<Response>,
  who: () => Promise<SignedIn | null> = signedIn,
): Promise<Response> {
  try {
    if (request.method !== "GET" && !isSameOrigin(request)) return Response.json({ key: "not-found" }, { status: 403 });
    // PostgreSQL takes no NUL, and nothing is called by a name that has one.
    if (request.url.includes("%00")) return Response.json({ key: "not-found" }, { status: 404 });
    const ctx = await who();
    if (!ctx) return Response.json({ key: "signed-out" }, { status: 401 });
    return await work(ctx);
  } catch (error) {
    if (error instanceof BodyTooLarge) return Response.json({ key: "too-large" }, { status: 413 });
    if (error instanceof DomainError) {
      return Response.json({ key: error.key, params: error.params }, { status: STATUS[error.key] ?? 403 });
    }
    const away = outage(error);
    if (away) return Response.json({ outage: away }, { status: 503 });
    return Response.json({ reference: logBroken(error, where) }, { status: 500 });
  }
}

const STATUS: Partial<Record<RefusalKey, number>> = {
  "not-found": 404,
  "text-kind-mismatch": 400,
  "import-changed": 409,
  "evidence-kind": 415,
  "evidence-too-large": 413,
};

class BodyTooLarge extends Error {}

/** Reads at most `limit` bytes, whatever the length header says. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw new BodyTooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Malformed JSON is an empty body, which no schema takes. */
export async function readJson(request: Request, limit: number): Promise<object> {
  const bytes = await readBytes(request, limit);
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    return value !== null && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}

/** The file and the plain fields of a multipart body of at most `limit` bytes; null when it is none. */
export async function readUpload(
  request: Request,
  limit: number,
): Promise<{ bytes: Uint8Array; name: string; field: (name: string) => string } | null> {
  const type = request.headers.get("content-type") ?? "";
  const bytes = await readBytes(request, limit + 64 * 1024);
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData().catch(() => null);
  const file = form?.get("file");
  if (!form || !(file instanceof File)) return null;
  if (file.size > limit) throw new BodyTooLarge();
  const field = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  return { bytes: new Uint8Array(await file.arrayBuffer()), name: file.name, field };
}

/** A file for the browser: never cached by others, never run. `name` is what the reader sees, `plain` for old browsers. */
export function fileResponse(
  body: Uint8Array | string,
  file: { type: string; name: string; plain: string; inline?: boolean },
): Response {
  return new Response(typeof body === "string" ? body : new Uint8Array(body), {
    headers: {
      "content-type": file.type,
      "content-disposition": `${file.inline ? "inline" : "attachment"}; filename="${file.plain}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      "cache-control": "private, no-cache",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
  });
}
