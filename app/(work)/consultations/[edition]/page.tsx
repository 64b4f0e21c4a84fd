import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { lineOf, placesOf, type Place } from "../../../../domain/consultation/places";
import { getConsultation, REPLIES_PER_PAGE, type Consultation } from "../../../../domain/consultation/queries";
import { answerOf } from "../../../../domain/consultation/tally";
import { workingDaysUntil } from "../../../../domain/kernel/working-days";
import { dateTime, longDate, today } from "../../../../messages/dates";
import { loadMessages } from "../../../../messages/load";
import { LinkButton } from "../../../../ui/button";
import { Empty } from "../../../../ui/empty";
import { Notice } from "../../../../ui/notice";
import { Page, PageHeader } from "../../../../ui/page";
import { readPage } from "../../../_server/read-page";
import { ActForm } from "../../reports/[report]/editions/act-form";
import { publish, urge } from "./actions";
import { Answers } from "./answers";
import { CommentList } from "./comment-list";
import { ConsultedText } from "./consulted-text";
import { OwnAnswer } from "./own-answer";
import { ReplyForm } from "./reply-form";

type Asked = Partial<Record<"at" | "organ" | "only" | "page", string | string[]>>;
type Props = { params: Promise<{ edition: string }>; searchParams: Promise<Asked> };

export async function generateMetadata() {
  return { title: (await getTranslations("consultation"))("title") };
}

/** A 征求意见稿: to a department its text and its own answer, to those who answer for the whole everybody's. */
export default async function ConsultationPage({ params, searchParams }: Props) {
  const [{ edition: id }, asked] = await Promise.all([params, searchParams]);
  const one = (name: keyof Asked) => (typeof asked[name] === "string" ? asked[name] : null);
  const page = /^[1-9]\d{0,3}$/.test(one("page") ?? "") ? Number(one("page")) : 1;
  const shown = { organ: one("organ")?.replaceAll("\0", "") ?? null, openOnly: one("only") === "open", page };
  const path = `/consultations/${id}`;
  const { ctx, data } = await readPage(path, (tx, asker) => getConsultation(tx, asker, id, shown));
  const places = new Map(placesOf(data.document).map((place) => [place.id, place]));
  const day = today(ctx.now());
  const isDepartments = ctx.actor.role === "drafter" || ctx.actor.role === "signer";
  return isDepartments ? (
    <Answering {...{ data, path, places, day }} at={one("at")} />
  ) : (
    <Deciding {...{ data, path, places, day, shown }} isLead={ctx.actor.role === "lead"} />
  );
}

type Common = { data: Consultation; path: string; places: ReadonlyMap<string, Place>; day: string };

async function Answering({ data, path, places, day, at }: Common & { at: string | null }) {
  const [t, locale] = await Promise.all([getTranslations("consultation"), getLocale()]);
  const comments = data.replies.filter((reply) => reply.kind === "comment" && reply.withdrawnAt === null);
  const own = new Map<string, number>();
  for (const { blockId } of comments) if (blockId !== null) own.set(blockId, (own.get(blockId) ?? 0) + 1);
  const answer = answerOf({
    comments: comments.length,
    none: data.replies.some((reply) => reply.kind === "none" && reply.withdrawnAt === null),
  });
  const mayComment = data.can.comment === null;
  const target = !mayComment || at === null || (at !== "whole" && !places.has(at)) ? null : at;
  const words = loadMessages(locale === "en" ? "en" : "zh-CN").consultation.form;
  const form = target !== null && (
    <ReplyForm
      key={target}
      editionId={data.id}
      blockId={target === "whole" ? null : target}
      about={aboutOf(places.get(target))}
      closeHref={target === "whole" ? `${path}#own` : `${path}#${target}`}
      words={words}
    />
  );
  return (
    <Page>
      <Header data={data}>
        {answer === "comments" && t.rich("answeredComments", { count: comments.length, b: bold })}
        {answer === "none" && t.rich("answeredNone", { b: bold })}
        {answer === "waiting" && <AskedFor day={day} answerBy={data.answerBy} />}
      </Header>
      <Newer data={data} />
      {data.publishedAt !== null && (
        <Notice tone="success" action={<LinkButton href={`${path}/outcome`}>{t("publishedOpen")}</LinkButton>}>
          {t("published")}
        </Notice>
      )}
      {mayComment && answer === "waiting" && <p className="text-ink-soft">{t("how")}</p>}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="lg:sticky lg:top-4 lg:col-start-2 lg:row-start-1 lg:max-h-[calc(100dvh-2rem)] lg:overflow-y-auto">
          <OwnAnswer consultation={data} path={path} places={places} form={target === "whole" && form} />
        </div>
        <div className="min-w-0 lg:col-start-1 lg:row-start-1">
          <ConsultedText document={data.document} {...{ path, own, mayComment }} at={target} form={form} />
        </div>
      </div>
    </Page>
  );
}

/** A form stands under its place; of a row of a table it says which. */
const aboutOf = (place: Place | undefined): string | null => (place?.kind === "row" ? lineOf(place) : null);

type Shown = { organ: string | null; openOnly: boolean; page: number };

async function Deciding({ data, path, places, day, shown, isLead }: Common & { shown: Shown; isLead: boolean }) {
  const t = await getTranslations("consultation");
  const organ = data.organs.find(({ code }) => code === shown.organ);
  const counted = organ?.tally ?? data.tally;
  const count = shown.openOnly ? counted.open : counted.comments;
  const pages = Math.ceil(count / REPLIES_PER_PAGE);
  const hrefOf = (change: Partial<Shown>) => {
    const to = { ...shown, page: 1, ...change };
    const query = new URLSearchParams();
    if (to.organ !== null) query.set("organ", to.organ);
    if (to.openOnly) query.set("only", "open");
    if (to.page > 1) query.set("page", String(to.page));
    return `${path}${query.size > 0 ? `?${query.toString()}` : ""}#comments`;
  };
  const answered = data.organs.filter(({ answer }) => answer !== "waiting").length;
  return (
    <Page>
      <Header data={data}>
        {t.rich("answers", { count: data.organs.length, answered, b: bold })}{" "}
        {data.tally.comments > 0 && t.rich("totals", { ...data.tally, b: bold })}
      </Header>
      <Newer data={data} />
      <section aria-labelledby="board">
        <h2 id="board" className="mb-2 font-semibold">
          {t("board")}
        </h2>
        <Answers organs={data.organs} day={day} path={path} />
        {isLead && data.later === null && data.publishedAt === null && answered < data.organs.length && (
          <Urging data={data} />
        )}
      </section>
      {data.tally.comments > 0 && <Publishing data={data} path={path} isLead={isLead} />}
      <section aria-labelledby="comments" className="scroll-mt-4">
        <div className="mb-2 flex flex-wrap items-center justify-between gap-x-6">
          <h2 id="comments" className="scroll-mt-4 font-semibold">
            {t("list")}
          </h2>
          {data.tally.comments > 0 && (
            <nav aria-label={t("list")} className="flex flex-wrap gap-x-5">
              {organ && (
                <>
                  <span className="inline-flex min-h-(--target) items-center">
                    {t("filter.organ", { organ: organ.name })}
                  </span>
                  <FilterLink href={hrefOf({ organ: null })}>{t("filter.clear")}</FilterLink>
                </>
              )}
              <FilterLink href={hrefOf({ openOnly: false })} isCurrent={!shown.openOnly}>
                {t("filter.all")}
              </FilterLink>
              <FilterLink href={hrefOf({ openOnly: true })} isCurrent={shown.openOnly}>
                {t("filter.open", { count: counted.open })}
              </FilterLink>
            </nav>
          )}
        </div>
        {data.replies.length > 0 ? (
          <CommentList consultation={data} places={places} mayDispose={isLead && data.publishedAt === null} />
        ) : (
          <Empty title={data.tally.comments > 0 ? t("noMatch") : t("noComments")} />
        )}
        {pages > 1 && (
          <nav aria-label={t("pages")} className="mt-3 flex flex-wrap items-center gap-3">
            {shown.page > 1 && (
              <LinkButton icon="chevron-left" href={hrefOf({ page: shown.page - 1 })}>
                {t("previous")}
              </LinkButton>
            )}
            <span className="text-ink-soft">{t("page", { page: shown.page, pages })}</span>
            {shown.page < pages && <LinkButton href={hrefOf({ page: shown.page + 1 })}>{t("next")}</LinkButton>}
          </nav>
        )}
      </section>
    </Page>
  );
}

async function Header({ data, children }: { data: Consultation; children: ReactNode }) {
  const t = await getTranslations("consultation");
  return (
    <PageHeader
      back={{ href: `/reports/${data.reportSlug}/editions`, label: data.reportName }}
      title={t("heading", { number: data.number })}
      summary={children}
    />
  );
}

async function AskedFor({ day, answerBy }: { day: string; answerBy: string | null }) {
  const [t, locale] = await Promise.all([getTranslations("consultation"), getLocale()]);
  if (answerBy === null) return t("askNoDay");
  const left = workingDaysUntil(day, answerBy);
  const of = { day: longDate(answerBy, locale), b: bold };
  return answerBy < day ? t.rich("askLate", { ...of, days: -left }) : t.rich("ask", { ...of, left });
}

async function Newer({ data: { later } }: { data: Consultation }) {
  const [t, edition] = await Promise.all([getTranslations("consultation"), getTranslations("edition")]);
  if (!later) return null;
  const action = later.href && (
    <Link href={later.href} prefetch={false} className="link inline-flex min-h-(--target) items-center">
      {t("laterOpen")}
    </Link>
  );
  return (
    <Notice tone="warning" action={action}>
      {t("later", { kind: edition(`kind.${later.kind}`), number: later.number })}
    </Notice>
  );
}

/** Those who have not answered are reminded together, once a day. */
async function Urging({ data }: { data: Consultation }) {
  const [t, refusal, locale] = await Promise.all([
    getTranslations("consultation"),
    getTranslations("refusal"),
    getLocale(),
  ]);
  const refused = data.can.urge;
  const count = data.organs.filter(({ answer }) => answer === "waiting").length;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1">
      <ActForm
        action={urge}
        values={{ editionId: data.id }}
        label={t("urge.send", { count })}
        pending={t("urge.sending")}
        kind="secondary"
        blocked={refused ? refusal(refused.key, refused.params ?? {}) : undefined}
      />
      {data.urgedAt !== null && (
        <p className="text-sm text-ink-soft">{t("urge.last", { at: dateTime(data.urgedAt, locale) })}</p>
      )}
    </div>
  );
}

async function Publishing({ data, path, isLead }: { data: Consultation; path: string; isLead: boolean }) {
  const [t, refusal, locale] = await Promise.all([
    getTranslations("consultation"),
    getTranslations("refusal"),
    getLocale(),
  ]);
  const refused = data.can.publish;
  return (
    <section aria-labelledby="publishing" className="flex flex-col gap-2 border border-line bg-white px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6">
        <h2 id="publishing" className="font-semibold">
          {t("publish.title")}
        </h2>
        <Link href={`${path}/outcome`} prefetch={false} className="link inline-flex min-h-(--target) items-center">
          {t("publish.preview")}
        </Link>
      </div>
      {data.publishedAt !== null ? (
        <p>{t("publish.at", { at: dateTime(data.publishedAt, locale), by: data.publishedBy ?? "" })}</p>
      ) : (
        isLead && (
          <>
            <p className="text-ink-soft">{t("publish.hint")}</p>
            <ActForm
              action={publish}
              values={{ editionId: data.id }}
              label={t("publish.send")}
              pending={t("publish.sending")}
              blocked={refused ? refusal(refused.key, refused.params ?? {}) : undefined}
            />
          </>
        )
      )}
    </section>
  );
}

function FilterLink({ href, isCurrent = false, children }: { href: string; isCurrent?: boolean; children: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={isCurrent ? "true" : undefined}
      className={`inline-flex min-h-(--target) items-center ${isCurrent ? "font-semibold text-ink" : "link"}`}
    >
      {children}
    </Link>
  );
}

const bold = (words: ReactNode) => <b>{words}</b>;
