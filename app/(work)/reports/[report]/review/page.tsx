import { getLocale, getTranslations } from "next-intl/server";
import { getRemarks } from "../../../../../domain/remark/queries";
import { getAnsweredReasons } from "../../../../../domain/review/answered";
import { askedFrom } from "../../../../../domain/review/queue-asked";
import { getRowPage } from "../../../../../domain/review/row-page";
import { getReviewPage } from "../../../../../domain/section/review-page";
import { seatAbilities } from "../../../../../domain/route/policy";
import { today } from "../../../../../messages/dates";
import { LinkButton } from "../../../../../ui/button";
import { Empty } from "../../../../../ui/empty";
import { Page, PageHeader } from "../../../../../ui/page";
import { readPage } from "../../../../_server/read-page";
import { Follow } from "../../../follow";
import { remarkProps } from "../sections/[section]/remarks/remark-props";
import { LeafReview } from "./leaf-review";
import { RowReview } from "./row-review";

type Asked = Partial<Record<"section" | "row" | "show" | "from", string | string[]>>;
type Props = { params: Promise<{ report: string }>; searchParams: Promise<Asked> };

export async function generateMetadata() {
  return { title: (await getTranslations("review"))("title") };
}

export default async function ReviewPage({ params, searchParams }: Props) {
  const [{ report: slug }, given] = await Promise.all([params, searchParams]);
  const [wanted, row, show, from] = [given.section, given.row, given.show, given.from].map((one) => [one].flat()[0]);
  if (row !== undefined) return <RowOf slug={slug} row={row} from={from} />;
  const path = `/reports/${slug}/review${wanted ? `?section=${wanted}` : ""}`;
  const asked = askedFrom(from, { report: slug, kind: "leaf" });
  const { ctx, data } = await readPage(path, async (tx, asker) => {
    const inHand = await getReviewPage(tx, asker, slug, wanted, asked, today(asker.now()));
    const leaf = inHand.section;
    return {
      ...inHand,
      remarks: leaf && (await getRemarks(tx, leaf.id)),
      answered: leaf ? await getAnsweredReasons(tx, asker, leaf) : [],
    };
  });
  const [t, words, locale] = await Promise.all([getTranslations("review"), getTranslations("section"), getLocale()]);
  const { section } = data;
  if (!section?.submitted) {
    const back = { href: `/reports/${slug}`, label: section?.reportName ?? t("title") };
    return (
      <Page>
        <PageHeader back={back} title={t(ctx.actor.role === "signer" ? "signTitle" : "title")} />
        <Follow report={slug} />
        <Empty
          title={t("empty")}
          action={
            <>
              <LinkButton href="/review">{t("toQueue")}</LinkButton>
              <LinkButton href="/desk">{words("act.open")}</LinkButton>
            </>
          }
        >
          {t("emptyHint")}
        </Empty>
      </Page>
    );
  }
  return (
    <LeafReview
      page={{ ...data, section: { ...section, submitted: section.submitted } }}
      answered={data.answered}
      remarks={data.remarks && (await remarkProps(ctx.actor, section, data.remarks, locale))}
      show={show}
      from={from}
      day={today(ctx.now())}
      role={ctx.actor.role}
      seats={seatAbilities(ctx.actor, { ...section, confirmOrganId: null, writers: section.submitted.writers })}
    />
  );
}

async function RowOf({ slug, row, from }: { slug: string; row: string; from: string | undefined }) {
  const asked = askedFrom(from, { report: slug, kind: "row" });
  const path = `/reports/${slug}/review?row=${encodeURIComponent(row)}`;
  const { ctx, data } = await readPage(path, (tx, asker) =>
    getRowPage(tx, asker, slug, row, asked, today(asker.now())),
  );
  const { row: found, report, route } = data;
  const seats = seatAbilities(ctx.actor, { ...found, reportStatus: report.status, writers: [], route });
  return <RowReview page={data} from={from} day={today(ctx.now())} role={ctx.actor.role} seats={seats} />;
}
