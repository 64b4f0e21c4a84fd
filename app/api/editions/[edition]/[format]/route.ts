import { getTranslations } from "next-intl/server";
import {
  type EditionFile,
  type Failure,
  FILE_FORMATS,
  type FileFormat,
  readEditionFile,
  wantEditionFile,
} from "../../../../../domain/export/queries";
import { DomainError, outage } from "../../../../../domain/kernel/errors";
import { isOneOf } from "../../../../../domain/kernel/roles";
import { isUuid } from "../../../../../domain/kernel/uuid";
import { fileType } from "../../../../../render/formats";
import { signedIn, type SignedIn } from "../../../../_server/context";
import { failureWords } from "../../../../_server/failure-words";
import { logBroken } from "../../../../_server/log";
import { fileResponse } from "../../../../_server/run-api";
import { untilTold } from "../../../../_server/until-told";
import { waitingPage } from "../../../../_server/waiting-page";

type Params = { params: Promise<{ edition: string; format: string }> };

/** So long somebody waits for a file that is being made; then they are told so, and their browser asks again. */
const PATIENCE_MS = 20_000;
const AGAIN_SECONDS = 5;

/**
 * A file of a sealed edition, as it was made once; who may not see the edition finds nothing, and every download is in the
 * audit log. What is not there yet is made before what nobody waits for: 503 and "being made" while it is not done.
 */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { edition: id, format } = await params;
  try {
    const ctx = await signedIn();
    if (!ctx)
      return new Response(null, {
        status: 303,
        headers: { location: `/sign-in?next=${encodeURIComponent(`/editions/${id}`)}` },
      });
    if (!isOneOf(format, FILE_FORMATS) || !isUuid(id)) return Response.json({ key: "not-found" }, { status: 404 });
    return await send(request, ctx, id, format);
  } catch (error) {
    if (error instanceof DomainError && error.key === "no-table" && asksForPage(request)) return noTable(id);
    if (error instanceof DomainError) return Response.json({ key: error.key }, { status: 404 });
    const away = outage(error);
    if (away) return Response.json({ outage: away }, { status: 503 });
    return Response.json({ reference: logBroken(error, "download") }, { status: 500 });
  }
}

async function send(request: Request, ctx: SignedIn, id: string, format: FileFormat): Promise<Response> {
  const known = request.headers.get("if-none-match")?.replaceAll('"', "") ?? null;
  const read = () => readEditionFile(ctx, id, format, known);
  const first = await read();
  const isOver = first.state === "there" || (first.failure !== null && ctx.actor.role !== "lead");
  const file = isOver ? first : await madeMeanwhile(request, ctx, id, format, read);
  if (file.state === "waiting") return notThere(request, id, file.place, file.failure);
  const etag = `"${file.sha256}"`;
  if (!file.bytes) return new Response(null, { status: 304, headers: { etag, "cache-control": "private, no-cache" } });
  const { type } = fileType(format);
  const answer = fileResponse(file.bytes, { type, name: file.name, plain: file.plain, inline: format === "pdf" });
  answer.headers.set("etag", etag);
  return answer;
}

async function madeMeanwhile(
  request: Request,
  ctx: SignedIn,
  id: string,
  format: FileFormat,
  read: () => Promise<EditionFile>,
): Promise<EditionFile> {
  await wantEditionFile(ctx, id, format);
  let last: EditionFile = { state: "waiting", place: null, failure: null };
  const found = await untilTold(
    `edition-file:${id}`,
    { ms: PATIENCE_MS, signal: request.signal, userId: ctx.actor.userId },
    async () => {
      last = await read();
      return last.state === "there" || last.failure ? last : null;
    },
  );
  return found ?? last;
}

async function notThere(
  request: Request,
  id: string,
  place: number | null,
  failure: Failure | null,
): Promise<Response> {
  const t = await getTranslations("export");
  const failed = failure && (await failureWords(failure));
  if (!asksForPage(request)) {
    const body = failed ? { key: failure?.key, message: failed } : { key: "making", place, message: t("making.title") };
    return Response.json(body, {
      status: failed ? 422 : 503,
      ...(failed ? {} : { headers: { "retry-after": String(AGAIN_SECONDS) } }),
    });
  }
  const link = { href: `/editions/${id}`, label: t("making.back") };
  if (failed) return waitingPage({ title: t("failedTitle"), text: failed, link }, { status: 422, again: null });
  const text = t("making.text", { before: place ?? 0 });
  return waitingPage({ title: t("making.title"), text, link }, { status: 503, again: AGAIN_SECONDS });
}

async function noTable(id: string): Promise<Response> {
  const t = await getTranslations("export");
  const text = await failureWords({ key: "no-table", details: [] });
  const link = { href: `/editions/${id}`, label: t("making.back") };
  return waitingPage({ title: t("failedTitle"), text, link }, { status: 404, again: null });
}

/** A browser that was led here; a program gets JSON. */
const asksForPage = (request: Request): boolean => request.headers.get("accept")?.includes("text/html") === true;
