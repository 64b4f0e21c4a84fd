import { getLocale, getTranslations } from "next-intl/server";
import { BATCH_LIMIT } from "../../../domain/review/batch-schema";
import { getQueue, LINES_PER_PAGE } from "../../../domain/review/queue";
import { askedAs, QueueAsked } from "../../../domain/review/queue-asked";
import { dateTime, today } from "../../../messages/dates";
import { loadMessages } from "../../../messages/load";
import { LinkButton } from "../../../ui/button";
import { Empty } from "../../../ui/empty";
import { Page, PageHeader } from "../../../ui/page";
import { readPage } from "../../_server/read-page";
import { Follow } from "../follow";
import { reviewPath } from "../reports/[report]/review/where";
import { QueueFilter } from "./queue-filter";
import { QueueTable } from "./queue-table";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations("review"))("list.title") };
}

export default async function QueuePage({ searchParams }: Props) {
  const [params, t, locale] = await Promise.all([searchParams, getTranslations("review.list"), getLocale()]);
  const asked = QueueAsked.parse(params);
  const { ctx, data: queue } = await readPage("/review", (tx, asker) => getQueue(tx, asker, asked, today(asker.now())));
  const { lines, found, facets } = queue;
  const day = today(ctx.now());
  const from = askedAs(asked);
  const { page = 1, ...narrowed } = asked;
  const pages = Math.max(1, Math.ceil(found / LINES_PER_PAGE));
  const pagePath = (to: number) => `/review?${askedAs({ ...narrowed, page: to })}`;
  const messages = loadMessages(locale);
  if (facets.all === 0) {
    return (
      <Page>
        <PageHeader title={t("title")} />
        <Follow />
        <Empty title={t("none")} action={<LinkButton href="/desk">{messages.app.desk}</LinkButton>}>
          {t("noneHint")}
        </Empty>
      </Page>
    );
  }
  return (
    <Page>
      <PageHeader
        title={t("title")}
        summary={t.rich("summary", {
          all: facets.all,
          late: facets.late,
          changed: facets.changed,
          b: (words) => <b>{words}</b>,
        })}
      />
      <Follow claims />
      <QueueFilter asked={asked} facets={facets} />
      {lines.length === 0 ? (
        <Empty title={t("noneFound")} action={<LinkButton href="/review">{t("all")}</LinkButton>} />
      ) : (
        <QueueTable
          lines={lines.map((line) => ({
            ...line,
            href: reviewPath(line, from),
            claimed: line.claim && t("claim", { by: line.claim.by, at: dateTime(line.claim.since, locale) }),
          }))}
          day={day}
          from={from}
          most={BATCH_LIMIT}
        />
      )}
      {pages > 1 && (
        <nav aria-label={t("page", { page, pages })} className="flex flex-wrap items-center gap-3">
          {page > 1 && <LinkButton href={pagePath(page - 1)}>{t("pageBefore")}</LinkButton>}
          <span className="text-ink-soft">{t("page", { page, pages })}</span>
          {page < pages && <LinkButton href={pagePath(page + 1)}>{t("pageNext")}</LinkButton>}
        </nav>
      )}
    </Page>
  );
}
