import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { pointNumbers } from "../../../../../domain/section/numbering";
import { compareContents } from "../../../../../domain/section/compare";
import type { Content } from "../../../../../domain/section/content";
import { getRemarks } from "../../../../../domain/remark/queries";
import { getReviewPage } from "../../../../../domain/section/review-page";
import { dateTime, today } from "../../../../../messages/dates";
import { loadMessages } from "../../../../../messages/load";
import { LinkButton } from "../../../../../ui/button";
import { Empty } from "../../../../../ui/empty";
import { ActionBar, Page, PageHeader, Workbench } from "../../../../../ui/page";
import { readPage } from "../../../../_server/read-page";
import { ChangedText, ChangeTally } from "../../../changed-text";
import { DueDate } from "../../../due-date";
import { withMissingFigures } from "../../../figure-guide";
import { FiguresRail, figuresToLookAt } from "../../../figures-rail";
import { sectionFigures } from "../../../section-figures";
import { SectionRail } from "../../../section-rail";
import { SectionStatus } from "../../../section-status";
import { BlockText } from "../../../section-text";
import { remarkProps, textRemarks } from "../sections/[section]/remarks/remark-props";
import { RemarkTools } from "../sections/[section]/remarks/remarked";
import { StaleFigures } from "../sections/[section]/stale-figures";
import { DecisionForm } from "./decision-form";

type Props = { params: Promise<{ report: string }>; searchParams: Promise<{ section?: string; show?: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("review"))("title") };
}

export default async function ReviewPage({ params, searchParams }: Props) {
  const [{ report: slug }, { section: wanted, show }, t, words, locale] = await Promise.all([
    params,
    searchParams,
    getTranslations("review"),
    getTranslations("section"),
    getLocale(),
  ]);
  const path = `/reports/${slug}/review${wanted ? `?section=${wanted}` : ""}`;
  const { ctx, data } = await readPage(path, async (tx, asker) => {
    const inHand = await getReviewPage(tx, asker, slug, wanted);
    return { ...inHand, remarks: inHand.section && (await getRemarks(tx, inHand.section.id)) };
  });
  const { queue, section, before } = data;
  const signs = ctx.actor.role === "signer";
  const board = { href: `/reports/${slug}`, label: section?.reportName ?? t("title") };
  if (!section?.submitted) {
    return (
      <Page>
        <PageHeader back={board} title={t(signs ? "signTitle" : "title")} />
        <Empty title={t("empty")} action={<LinkButton href="/desk">{words("act.open")}</LinkButton>}>
          {t("emptyHint")}
        </Empty>
      </Page>
    );
  }
  const verdict = signs ? "sign" : "pass";
  const refusal = signs ? section.can.sign : section.can.pass;
  const refusals = await getTranslations("refusal");
  const { submitted } = section;
  // With the figures as they are now: these are the words that passing would freeze.
  const { content } = section.text;
  const figures = sectionFigures(section, loadMessages(locale));
  const readable = (text: Content) => withMissingFigures(text, figures.guide);
  const changes = before ? compareContents(readable(before.content), readable(content)) : null;
  const showsChanges = changes !== null && show !== "text";
  const points = pointNumbers(content.content);
  const day = today(ctx.now());
  const remarks = data.remarks && (await remarkProps(ctx.actor, section, data.remarks, locale));
  const inText = textRemarks(remarks);
  return (
    <>
      <ActionBar
        back={board}
        title={section.title}
        status={<SectionStatus status={section.status} />}
        note={`${words("revision", { number: submitted.number })} · ${t("by", { by: submitted.by, at: dateTime(submitted.at, locale) })}`}
      />
      <Workbench
        railLabel={words("rail.label")}
        rail={
          <>
            <SectionRail
              section={section}
              guide={figures.guide}
              remarks={remarks}
              numbers={
                section.kind === "annex"
                  ? undefined
                  : {
                      label: figures.guide.words.rail,
                      count: figuresToLookAt({ ...figures, content }),
                      content: (
                        <FiguresRail {...figures} content={content} explainsIn={signs ? null : section.reportId} />
                      ),
                    }
              }
            />
            <Queue
              title={t("queue", { count: queue.length })}
              leaves={queue}
              current={section.id}
              slug={slug}
              day={day}
            />
          </>
        }
      >
        <div className="mx-auto flex max-w-200 flex-col gap-3">
          <StaleFigures section={section} words={figures.guide.words} />
          <div className="flex flex-wrap items-center justify-between gap-x-4 text-ink-soft">
            <p>
              {before ? t("changed", { number: before.number }) : t("first")}
              {changes && (
                <span className="ml-3">
                  <ChangeTally changes={changes} />
                </span>
              )}
            </p>
            {changes && (
              <Link
                href={`/reports/${slug}/review?section=${section.id}${showsChanges ? "&show=text" : ""}`}
                prefetch={false}
                className="link inline-flex min-h-(--target) items-center"
              >
                {t(showsChanges ? "showText" : "showChanges")}
              </Link>
            )}
          </div>
          {showsChanges && changes && (
            <div className="sheet min-h-0">
              <ChangedText changes={changes} kind={section.kind} />
            </div>
          )}
          <DecisionForm
            key={`${section.id}-${section.version}`}
            section={{
              id: section.id,
              version: section.version,
              slug,
              figures: section.figuresSeen,
              next: queue.find((leaf) => leaf.id !== section.id)?.id ?? "",
            }}
            paragraphs={content.content.map((block, index) => ({
              id: block.attrs.id,
              label: t("reasonLabel", { number: index + 1 }),
              text: (
                <>
                  <BlockText
                    block={block}
                    point={points.get(block.attrs.id)}
                    kind={section.kind}
                    guide={figures.guide}
                    find={figures.find}
                    marks={inText?.marks.get(block.attrs.id)}
                  />
                  {inText && <RemarkTools block={block.attrs.id} number={index + 1} {...inText} />}
                </>
              ),
            }))}
            verdict={verdict}
            refusal={refusal ? refusals(refusal) : null}
            returnRefusal={section.can.return ? refusals(section.can.return) : null}
            words={{
              pass: words(`act.${verdict}`),
              passing: words(`pending.${verdict}`),
              back: words("act.return"),
              returning: words("pending.return"),
              pointOut: t("reasonFor"),
              placeholder: t("reasonPlaceholder"),
              declare: signs ? t("declare") : "",
            }}
          />
        </div>
      </Workbench>
    </>
  );
}

type QueueProps = {
  title: string;
  leaves: Awaited<ReturnType<typeof getReviewPage>>["queue"];
  current: string;
  slug: string;
  day: string;
};

function Queue({ title, leaves, current, slug, day }: QueueProps) {
  return (
    <nav aria-label={title} className="border-t border-line">
      <h2 className="px-4.5 pt-3.5 pb-1 font-semibold">{title}</h2>
      <ul>
        {leaves.map((leaf) => (
          <li key={leaf.id} className="border-b border-line-soft">
            <Link
              href={`/reports/${slug}/review?section=${leaf.id}`}
              prefetch={false}
              aria-current={leaf.id === current ? "true" : undefined}
              className="flex items-center justify-between gap-3 px-4.5 py-2 hover:bg-row aria-[current]:bg-indigo-tint"
            >
              <span>
                {leaf.title}
                <span className="block text-sm text-ink-soft">{leaf.organ}</span>
              </span>
              <DueDate dueOn={leaf.dueOn} day={day} closed={false} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
