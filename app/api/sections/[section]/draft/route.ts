import { CONTENT_LIMITS } from "../../../../../domain/section/content";
import { DomainError, outage } from "../../../../../domain/kernel/errors";
import { saveSection } from "../../../../../domain/section/mutations";
import { SaveSection } from "../../../../../domain/section/schema";
import { StaleSave } from "../../../../../domain/section/stale-save";
import { signedIn } from "../../../../_server/context";
import { logBroken } from "../../../../_server/log";
import { isSameOrigin } from "../../../../_server/same-origin";

type Params = { params: Promise<{ section: string }> };

/** Saves the working copy. 409 carries the text that is there; 4xx and 503 say in JSON why nothing was saved. */
export async function PUT(request: Request, { params }: Params): Promise<Response> {
  try {
    if (!isSameOrigin(request)) return Response.json({ key: "not-found" }, { status: 403 });
    const ctx = await signedIn();
    if (!ctx) return Response.json({ key: "signed-out" }, { status: 401 });
    const body = await readJson(request);
    if (body === TOO_LARGE) return Response.json({ key: "too-large" }, { status: 413 });
    const input = SaveSection.safeParse({ ...(body as object), sectionId: (await params).section });
    if (!input.success) return Response.json({ key: "invalid" }, { status: 400 });
    const saved = await saveSection(ctx, input.data);
    return Response.json({ status: "saved", ...saved });
  } catch (error) {
    if (error instanceof StaleSave)
      return Response.json({ status: "conflict", current: error.current }, { status: 409 });
    if (error instanceof DomainError) return Response.json({ key: error.key }, { status: STATUS[error.key] ?? 403 });
    const away = outage(error);
    if (away) return Response.json({ outage: away }, { status: 503 });
    return Response.json({ reference: logBroken(error, "save") }, { status: 500 });
  }
}

const STATUS: Partial<Record<DomainError["key"], number>> = { "not-found": 404, "text-kind-mismatch": 400 };

const TOO_LARGE = Symbol("too large");

/** Reads at most the limit, whatever the length header says. Malformed JSON is an empty body, which no schema takes. */
async function readJson(request: Request): Promise<unknown> {
  if (Number(request.headers.get("content-length") ?? 0) > CONTENT_LIMITS.bytes) return TOO_LARGE;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > CONTENT_LIMITS.bytes) return TOO_LARGE;
    chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    return value !== null && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}
