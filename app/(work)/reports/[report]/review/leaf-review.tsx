import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { AnsweredRound } from "../../../../../domain/review/answered";
import { DECIDERS, isOneOf, type Role } from "../../../../../domain/kernel/roles";
import { compareContents, tallyOf, type BlockChange } from "../../../../../domain/section/compare";
import type { Content } from "../../../../../domain/section/content";
import { pointNumbers } from "../../../../../domain/section/numbering";
import type { ReviewPage } from "../../../../../domain/section/review-page";
import { presentStep } from "../../../../../domain/route/route";
import { dateTime } from "../../../../../messages/dates";
import { loadMessages } from "../../../../../messages/load";
import { ActionBar, Workbench } from "../../../../../ui/page";
import { AnsweredReasons } from "../../../answered-reasons";
import { ChangedText, ChangeTally } from "../../../changed-text";
import { Follow } from "../../../follow";
import { withMissingFigures } from "../../../figure-guide";
import { FiguresRail, figuresToLookAt } from "../../../figures-rail";
import { sectionFigures } from "../../../section-figures";
import { SeatForms } from "../../../seat-forms";
import { SectionRail } from "../../../section-rail";
import { SectionStatus } from "../../../section-status";
import { BlockText } from "../../../section-text";
import { type remarkProps, textRemarks } from "../sections/[section]/remarks/remark-props";
import { RemarkTools } from "../sections/[section]/remarks/remarked";
import { StaleFigures } from "../sections/[section]/stale-figures";
import { Beside } from "./beside";
import { decisionOn } from "./decision";
import { DecisionForm } from "./decision-form";
import { InHand } from "./in-hand";
import { ReviewKeys } from "./review-keys";
import { SittingLine } from "./sitting-line";
import { donePath, reviewPath } from "./where";

type Leaf = NonNullable<ReviewPage["section"]>;
type Props = {
  page: ReviewPage & { section: Leaf & { submitted: NonNullable<Leaf["submitted"]> } };
  answered: readonly AnsweredRound[];
  remarks: Awaited<ReturnType<typeof remarkProps>> | null;
  show: string | undefined;
  from: string | undefined;
  day: string;
  role: Role;
  /** Whether the reader may have others decide besides them, or instead. */
  seats: { add: boolean; hand: boolean };
};

/** One text before whoever decides on it: what changed on top, the whole of it below, the decision always in sight. */
export async function LeafReview({ page, answered, remarks, show, from, day, role, seats }: Props) {
  const { section, before, queue, sitting, claim } = page;
  const [t, history, words, locale] = await Promise.all([
    getTranslations("review"),
    getTranslations("history"),
    getTranslations("section"),
    getLocale(),
  ]);
  const messages = loadMessages(locale);
  const { submitted } = section;
  const verdict = presentStep(section.route)?.action === "sign" ? "sign" : "pass";
  // With the figures as they are now: these are the words that passing would freeze.
  const { content } = section.text;
  const figures = sectionFigures(section, messages);
  const readable = (text: Content) => withMissingFigures(text, figures.guide);
  const last = section.last?.content ?? null;
  const compared = comparedWith(show, before !== null, last !== null);
  const older = compared === "seen" ? before?.content : compared === "last" ? last : null;
  const changes = older ? compareContents(readable(older), readable(content)) : null;
  const points = pointNumbers(content.content);
  const inText = textRemarks(remarks);
  const here = reviewPath({ id: section.id, kind: "leaf", slug: section.reportSlug }, from);
  const open = section.findings.filter(({ severity, waivedBy }) => severity !== "info" && waivedBy === null);
  const comparison =
    compared === "seen" && before
      ? t(before.as === "seen" ? "changedSeen" : "changed", { number: before.number })
      : compared === "last" && section.last
        ? t("changedLast", { report: section.last.reportName ?? "" })
        : t(before || last ? "whole" : "first");
  const decision = await decisionOn({
    title: section.title,
    verdict,
    refusal: section.can[verdict],
    returnRefusal: section.can.return,
    route: section.route,
    open,
    lines: [
      `${section.organ} · ${words("revision", { number: submitted.number })}`,
      ...(changes ? [t("confirm.changes", { compared: comparison, tally: tallied(changes, history) })] : []),
    ],
  });
  const queueHref = donePath(section.reportSlug, from ?? "");
  const next = queue.next && reviewPath(queue.next, from);
  return (
    <>
      <ActionBar
        back={{ href: `/reports/${section.reportSlug}`, label: section.reportName }}
        title={section.title}
        status={<SectionStatus status={section.status} />}
        note={`${words("revision", { number: submitted.number })} · ${t("by", { by: submitted.by, at: dateTime(submitted.at, locale) })}`}
        actions={
          <ReviewKeys
            next={next}
            before={queue.before && reviewPath(queue.before, from)}
            queue={queueHref}
            words={messages.review.keys}
          />
        }
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
                        <FiguresRail
                          {...figures}
                          content={content}
                          explainsIn={role === "lead" ? section.reportId : null}
                        />
                      ),
                    }
              }
            />
            <Beside queue={queue} current={section.id} from={from} day={day} />
          </>
        }
      >
        <div className="mx-auto flex max-w-200 flex-col gap-3">
          <Follow key={`follow-${section.id}`} report={section.reportSlug} claims shown={section.version} />
          {isOneOf(role, DECIDERS) && (
            <InHand
              key={section.id}
              kind="leaf"
              id={section.id}
              revisionId={submitted.id}
              claim={claim && { by: claim.by, at: dateTime(claim.since, locale), mine: claim.mine }}
              words={messages.review.inHand}
            />
          )}
          <SittingLine sitting={sitting} />
          <StaleFigures section={section} words={figures.guide.words} />
          <DecisionForm
            key={`${section.id}-${section.version}`}
            section={{
              id: section.id,
              version: section.version,
              figures: section.figuresSeen,
              next: next ?? donePath(section.reportSlug, from),
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
            decision={decision}
            pointOut={t("reasonFor")}
          >
            <div className="flex flex-wrap items-center justify-between gap-x-4 text-ink-soft">
              <p>
                {comparison}
                {changes && (
                  <span className="ml-3">
                    <ChangeTally changes={changes} />
                  </span>
                )}
              </p>
              <p className="flex flex-wrap gap-x-4">
                {(["seen", "last", "text"] as const)
                  .filter((one) => one !== compared && (one === "text" || (one === "seen" ? before : last)))
                  .map((one) => (
                    <Link
                      key={one}
                      href={`${here}&show=${one}`}
                      prefetch={false}
                      className="link inline-flex min-h-(--target) items-center"
                    >
                      {t(`show.${one}`)}
                    </Link>
                  ))}
              </p>
            </div>
            <AnsweredReasons rounds={answered} kind={section.kind} />
            {changes && (
              <section aria-label={t("changes")} className="sheet min-h-0">
                <ChangedText changes={changes} kind={section.kind} />
              </section>
            )}
          </DecisionForm>
          <SeatForms
            key={`seats-${section.id}-${section.round}`}
            item={{ kind: "section", id: section.id, version: section.version }}
            may={seats}
            words={messages.route.seat}
          />
        </div>
      </Workbench>
    </>
  );
}

/** 改 2 段，增 1 段…, as ChangeTally has it on the page. */
function tallied(changes: readonly BlockChange[], t: Awaited<ReturnType<typeof getTranslations<"history">>>): string {
  const tally = tallyOf(changes);
  return Object.values(tally).every((count) => count === 0) ? t("compare.same") : t("compare.tally", tally);
}

/** What I saw last, else last period's text; what was asked for when it is there. */
function comparedWith(show: string | undefined, hasSeen: boolean, hasLast: boolean): "seen" | "last" | "text" {
  if (show === "text") return "text";
  if (show === "last" && hasLast) return "last";
  return hasSeen ? "seen" : hasLast ? "last" : "text";
}
