import { gzipSync } from "node:zlib";
import { cookies } from "next/headers";
import { createTranslator } from "next-intl";
import { outage } from "../../../../domain/kernel/errors";
import { isUuid } from "../../../../domain/kernel/uuid";
import type { EditionKind } from "../../../../domain/report/workflow";
import { enterArguments, type SessionRow } from "../../../../domain/user/session";
import { loadMessages, type Locale } from "../../../../messages/load";
import type { ReportDocument } from "../../../../render/report-document";
import { sessionCookie } from "../../../_server/auth";
import { database } from "../../../_server/database";
import { LOCALE_COOKIE, toLocale } from "../../../_server/i18n";
import { logBroken } from "../../../_server/log";
import { packReadingPage, plainPage, type Packed } from "./reading-page";

type Params = { params: Promise<{ edition: string }> };

const POLICY =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Editions already packed in this process, newest use last. A page is about 60 KB compressed. */
const packed = new Map<string, Packed>();
const PACKED_LIMIT = 64;

/**
 * The reading page. Every request enters the live session and asks row-level security for the edition, in one round
 * trip; only then are the bytes sent that were made once for this sealed text.
 */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const [{ edition: id }, jar] = await Promise.all([params, cookies()]);
  const locale = toLocale(jar.get(LOCALE_COOKIE)?.value);
  const signInPath = `/sign-in?next=${encodeURIComponent(`/editions/${id}`)}`;
  try {
    const token = jar.get(sessionCookie())?.value;
    if (!token) return seeOther(signInPath);
    if (!isUuid(id)) return notFound(request, locale);
    const access = await enter(token, id);
    if (!access.session) return seeOther(signInPath);
    if (!access.edition) return notFound(request, locale);
    const key = `${id}:${access.edition.delivered}:${locale}`;
    const page = packed.get(key) ?? (await pack(token, id, access.edition, locale, key));
    return send(request, page);
  } catch (error) {
    const t = loadMessages(locale).error;
    const kind = outage(error) ?? "broken";
    const reference = kind === "broken" ? logBroken(error, "reading") : "";
    const link = { href: `/editions/${id}`, label: t.retry };
    return html(request, plainPage(t[kind].title, t[kind].text.replace("{reference}", reference), link, locale), 503);
  }
}

type Found = { number: number; kind: EditionKind; name: string; sha256: string; delivered: boolean };

async function enter(
  token: string,
  id: string,
): Promise<{ session: SessionRow | undefined; edition: Found | undefined }> {
  const { hash, idle } = enterArguments(token);
  const [sessions, editions] = await database().sql.begin((tx) =>
    Promise.all([
      tx<SessionRow[]>`select * from enter_session(${hash}, ${idle}::interval)`,
      tx<Found[]>`select e.number, e.kind, e.name, e.sha256,
                         exists (select 1 from deliveries d where d.edition_id = e.id) as delivered
                    from editions e where e.id = ${id}`,
    ]),
  );
  return { session: sessions[0], edition: editions[0] };
}

async function pack(token: string, id: string, edition: Found, locale: Locale, key: string): Promise<Packed> {
  const { hash, idle } = enterArguments(token);
  const [, [row]] = await database().sql.begin((tx) =>
    Promise.all([
      tx`select 1 from enter_session(${hash}, ${idle}::interval)`,
      tx<{ document: ReportDocument }[]>`select document from editions where id = ${id}`,
    ]),
  );
  if (!row) throw new Error("the edition went out of sight between two reads");
  const t = createTranslator({ locale, messages: loadMessages(locale) });
  const page = packReadingPage(
    { id, ...edition, document: row.document },
    {
      locale,
      title: edition.name,
      brand: t("app.name"),
      skip: t("app.skip"),
      back: t("edition.back"),
      outline: t("edition.outline"),
      seal: t("edition.sealNote", { kind: t(`edition.kind.${edition.kind}`), number: edition.number }),
      print: t("edition.print"),
      hash: t("edition.hash"),
    },
  );
  packed.set(key, page);
  for (const oldest of packed.keys()) {
    if (packed.size <= PACKED_LIMIT) break;
    packed.delete(oldest);
  }
  return page;
}

function send(request: Request, page: Packed): Response {
  const headers: Record<string, string> = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": POLICY,
    "cache-control": "private, no-cache",
    vary: "accept-encoding, cookie",
    etag: page.etag,
  };
  if (request.headers.get("if-none-match") === page.etag) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(takesGzip(request) ? page.gzip : page.plain), { headers });
}

/** The same condition under which next.config.js announces Content-Encoding: gzip for this path. */
const takesGzip = (request: Request) => /\bgzip\b/.test(request.headers.get("accept-encoding") ?? "");

function notFound(request: Request, locale: Locale): Response {
  const t = loadMessages(locale).error;
  return html(request, plainPage(t.notFound.title, t.notFound.text, { href: "/desk", label: t.desk }, locale), 404);
}

const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } });

const html = (request: Request, body: string, status: number) =>
  new Response(takesGzip(request) ? new Uint8Array(gzipSync(body)) : body, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": POLICY,
      "cache-control": "no-store",
    },
  });
