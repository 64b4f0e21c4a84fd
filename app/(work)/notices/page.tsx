import { getTranslations } from "next-intl/server";
import { countNotices, latestNotices, NOTICES_PER_PAGE } from "../../../domain/notice/queries";
import { LinkButton } from "../../../ui/button";
import { Empty } from "../../../ui/empty";
import { Page, PageHeader } from "../../../ui/page";
import { readPage } from "../../_server/read-page";
import { NoticeList } from "../notice-list";
import { ReadAllForm } from "./read-all";

type Props = { searchParams: Promise<{ page?: string | string[] }> };

const PATH = "/notices";

export async function generateMetadata() {
  return { title: (await getTranslations("notice.list"))("title") };
}

export default async function NoticesPage({ searchParams }: Props) {
  const [t, app, { page: asked }] = await Promise.all([
    getTranslations("notice.list"),
    getTranslations("app"),
    searchParams,
  ]);
  const page = typeof asked === "string" && /^[1-9]\d{0,4}$/.test(asked) ? Number(asked) : 1;
  const { ctx, data } = await readPage(PATH, async (tx) => {
    const [notices, count] = await Promise.all([
      latestNotices(tx, NOTICES_PER_PAGE, (page - 1) * NOTICES_PER_PAGE),
      countNotices(tx),
    ]);
    return { notices, ...count };
  });
  const pages = Math.ceil(data.total / NOTICES_PER_PAGE);
  return (
    <Page>
      <PageHeader
        back={{ href: "/desk", label: app("desk") }}
        title={t("title")}
        summary={data.total > 0 ? t.rich("summary", { unread: data.unread, b: (words) => <b>{words}</b> }) : undefined}
        actions={data.unread > 0 && <ReadAllForm label={t("readAll")} pending={t("pending")} />}
      />
      {data.notices.length === 0 ? (
        <Empty title={t("none")}>{t("noneHint")}</Empty>
      ) : (
        <NoticeList notices={data.notices} role={ctx.actor.role} />
      )}
      {pages > 1 && (
        <nav aria-label={t("pages")} className="flex flex-wrap items-center gap-3">
          {page > 1 && (
            <LinkButton icon="chevron-left" href={`${PATH}?page=${page - 1}`}>
              {t("previous")}
            </LinkButton>
          )}
          <span className="text-ink-soft">{t("page", { page, pages })}</span>
          {page < pages && <LinkButton href={`${PATH}?page=${page + 1}`}>{t("next")}</LinkButton>}
        </nav>
      )}
    </Page>
  );
}
