import { gzipSync } from "node:zlib";
import { cookies } from "next/headers";
import { createTranslator } from "next-intl";
import { noteOpening } from "../../../../domain/edition/openings";
import { printedCode } from "../../../../domain/edition/seal";
import { wallClock } from "../../../../domain/kernel/clock";
import { transact } from "../../../../domain/kernel/context";
import { outage } from "../../../../domain/kernel/errors";
import { isUuid } from "../../../../domain/kernel/uuid";
import type { EditionKind } from "../../../../domain/edition/workflow";
import { enterArguments, type SessionRow, toLiveSession } from "../../../../domain/user/session";
import { longDate } from "../../../../messages/dates";
import { loadMessages, type Locale } from "../../../../messages/load";
import type { ReportDocument } from "../../../../render/report-document";
import { sessionCookie } from "../../../_server/auth";
import { database } from "../../../_server/database";
import { LOCALE_COOKIE, toLocale } from "../../../_server/i18n";
import { logBroken } from "../../../_server/log";
import { newerKey, packReadingPage, plainPage, type Packed } from "./reading-page";

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
    if (access.edition.unopened) await noteFirstOpening(access.session, id, access.edition.report_id);
    const found = { ...access.edition, newer: newerOf(access.edition) };
    const key = `${id}:${found.delivered}${newerKey(found)}:${locale}`;
    const page = packed.get(key) ?? (await pack(token, id, found, locale, key));
    return send(request, page);
  } catch (error) {
    const t = loadMessages(locale).error;
    const kind = outage(error) ?? "broken";
    const reference = kind === "broken" ? logBroken(error, "reading") : "";
    const link = { href: `/editions/${id}`, label: t.retry };
    return html(request, plainPage(t[kind].title, t[kind].text.replace("{reference}", reference), link, locale), 503);
  }
}

type Row = {
  report_id: string;
  number: number;
  kind: EditionKind;
  name: string;
  sha256: string;
  code: string;
  notice: string | null;
  supersedes: number | null;
  sealed_at: string;
  delivered: boolean;
  /** Whether it was given to the reader, who opens it for the first time now. */
  unopened: boolean;
  newer_number: number | null;
  newer_kind: EditionKind | null;
  newer_sealed_at: string | null;
  /** Only where the reader may see it. */
  newer_id: string | null;
};
type Newer = { number: number; kind: EditionKind; sealedAt: Date; id: string | null };
type Found = Row & { newer: Newer | null };

async function enter(
  token: string,
  id: string,
): Promise<{ session: SessionRow | undefined; edition: Row | undefined }> {
  const { hash, idle } = enterArguments(token);
  const [sessions, editions] = await database().sql.begin((tx) =>
    Promise.all([
      tx<SessionRow[]>`select * from enter_session(${hash}, ${idle}::interval)`,
      tx<Row[]>`select e.report_id, e.number, e.kind, e.name, e.sha256, e.code, e.notice, e.sealed_at,
                       (select s.number from superseded_edition(e.id) s) as supersedes,
                       exists (select 1 from deliveries d where d.edition_id = e.id) as delivered,
                       is_given(e.id) and not exists (
                         select 1 from receipts r where r.edition_id = e.id and r.user_id = actor_user()) as unopened,
                       n.number as newer_number, n.kind as newer_kind, n.sealed_at as newer_sealed_at,
                       (select x.id from editions x where x.id = n.id) as newer_id
                  from editions e left join lateral newer_edition(e.id) n on true where e.id = ${id}`,
    ]),
  );
  return { session: sessions[0], edition: editions[0] };
}

const newerOf = (row: Row): Newer | null =>
  row.newer_number === null || row.newer_kind === null || row.newer_sealed_at === null
    ? null
    : { number: row.newer_number, kind: row.newer_kind, sealedAt: new Date(row.newer_sealed_at), id: row.newer_id };

/** That it was opened and when; not more than once for a reader, and before the text is sent. */
async function noteFirstOpening(session: SessionRow, id: string, reportId: string): Promise<void> {
  const ctx = { actor: toLiveSession(session).actor, db: database().db, now: wallClock };
  await transact(ctx, (tx) => noteOpening(tx, ctx, { id, reportId }));
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
  const messages = loadMessages(locale);
  const t = createTranslator({ locale, messages });
  const page = packReadingPage(
    { id, ...edition, document: row.document },
    {
      locale,
      title: edition.name,
      brand: t("app.name"),
      skip: t("app.skip"),
      back: t("edition.back"),
      outline: t("edition.outline"),
      compare: t("compare.title"),
      files: t("edition.files"),
      formats: messages.edition.formats,
      seal: t("edition.sealNote", { kind: t(`edition.kind.${edition.kind}`), number: edition.number }),
      print: t("edition.print"),
      hash: t("edition.hash"),
      verify: t("edition.reading.verify", { code: printedCode(edition.code) }),
      superseded: edition.newer && {
        text: t("edition.reading.superseded", {
          number: edition.newer.number,
          kind: t(`edition.kind.${edition.newer.kind}`),
          date: longDate(edition.newer.sealedAt, locale),
        }),
        open: t("edition.reading.open", { number: edition.newer.number }),
      },
      correction:
        edition.supersedes === null
          ? null
          : t("edition.reading.correction", {
              number: edition.supersedes,
              date: longDate(new Date(edition.sealed_at), locale),
            }),
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
