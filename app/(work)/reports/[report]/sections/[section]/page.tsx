import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { Role } from "../../../../../../domain/kernel/roles";
import { maySeeDraft } from "../../../../../../domain/section/policy";
import { getRemarks } from "../../../../../../domain/remark/queries";
import { readReasons } from "../../../../../../domain/review/read-reasons";
import { getSection, type SectionPage as Data } from "../../../../../../domain/section/queries";
import { isEmpty } from "../../../../../../domain/section/content";
import { HOLDER_OF } from "../../../../../../domain/section/workflow";
import { loadMessages } from "../../../../../../messages/load";
import { LinkButton } from "../../../../../../ui/button";
import { Notice } from "../../../../../../ui/notice";
import { ActionBar, Workbench } from "../../../../../../ui/page";
import { readPage } from "../../../../../_server/read-page";
import { FiguresRail, figuresToLookAt } from "../../../../figures-rail";
import { sectionFigures, type SectionFigures } from "../../../../section-figures";
import { reasonsProps } from "../../../../reason-props";
import type { ReasonsProps } from "../../../../reasons-tab";
import { SectionRail } from "../../../../section-rail";
import { SectionStatus } from "../../../../section-status";
import { SectionText } from "../../../../section-text";
import { buildLexicon } from "./editor/build-lexicon";
import { EditorScreen } from "./editor/editor-screen";
import { LiveFigureCount, LiveFigures } from "./editor/live-figures";
import { editorWords } from "./editor/words";
import { remarkProps, textRemarks } from "./remarks/remark-props";
import type { TextRemarks } from "./remarks/threads";
import { ReviseForm } from "./revise-form";
import { StaleFigures } from "./stale-figures";
import { Watching } from "./watching";
import { WithdrawButton } from "./withdraw-button";

type Props = {
  params: Promise<{ report: string; section: string }>;
  searchParams: Promise<{ tab?: string | string[] }>;
};

export async function generateMetadata() {
  return { title: (await getTranslations("report"))("col.section") };
}

export default async function SectionPage({ params, searchParams }: Props) {
  const [{ report: slug, section: id }, { tab }, t, revise, locale] = await Promise.all([
    params,
    searchParams,
    getTranslations("section"),
    getTranslations("route.revise"),
    getLocale(),
  ]);
  const path = `/reports/${slug}/sections/${id}`;
  const { ctx, data } = await readPage(path, async (tx, asker) => {
    const leaf = await getSection(tx, asker, slug, id);
    return { section: leaf, remarks: await getRemarks(tx, leaf.id), reasons: await readReasons(tx, leaf.id) };
  });
  const { section } = data;
  const remarks = await remarkProps(ctx.actor, section, data.remarks, locale, section.can.save === null);
  const reasons = reasonsProps(ctx.actor, section, data.reasons, locale);
  const asked = typeof tab === "string" ? tab : undefined;
  const back = { href: `/reports/${slug}`, label: section.reportName };
  const status = (
    <>
      <SectionStatus status={section.status} written={(section.draft?.version ?? 1) > 0} />
      {section.reportStatus === "collecting" && (
        <span className="text-sm text-ink-soft max-sm:hidden">
          {t(
            `holder.${HOLDER_OF[section.status] === "drafter" ? "drafter" : HOLDER_OF[section.status] === "signer" ? "signer" : HOLDER_OF[section.status] === "lead" ? "lead" : "none"}`,
          )}
        </span>
      )}
    </>
  );
  const messages = loadMessages(locale);
  const figures = sectionFigures(section, messages);
  const { guide, findings } = figures;
  const isProse = section.kind !== "annex" && section.text.is !== "hidden";
  if (section.can.save === null) {
    const numbers = {
      label: guide.words.rail,
      count: <LiveFigureCount />,
      content: <LiveFigures reportId={section.reportId} />,
    };
    return (
      <EditorScreen
        key={`${section.id}-${section.status}`}
        section={{
          id: section.id,
          kind: section.kind,
          version: section.version,
          title: section.title,
          returned: section.status === "returned",
          revised: section.revised,
          lengthLimit: section.brief?.lengthLimit ?? null,
        }}
        draft={{ content: section.text.content, version: section.draft?.version ?? 0 }}
        figures={{
          lexicon: buildLexicon(section.indicators.rows, section.indicators.half, guide.words.countName),
          guide,
          table: { rows: section.indicators.rows, ...figures.reporting },
          findings,
          check: messages.check,
        }}
        back={back}
        status={status}
        rail={
          <SectionRail
            section={section}
            guide={guide}
            numbers={isProse ? numbers : undefined}
            copying={isProse ? messages.editor.last : undefined}
            remarks={remarks}
            reasons={reasons}
            asked={asked}
          />
        }
        reader={<Shown section={section} figures={figures} role={ctx.actor.role} remarks={null} reasons={reasons} />}
        notice={
          section.revised && (
            <Notice tone="warning">{revise("staleWriter", { number: section.submitted?.number ?? 0 })}</Notice>
          )
        }
        words={await editorWords(path)}
      />
    );
  }
  const { content } = section.text;
  const explainsIn = ctx.actor.role === "lead" && section.reportStatus === "collecting" ? section.reportId : null;
  const numbers = {
    label: guide.words.rail,
    count: figuresToLookAt({ ...figures, content }),
    content: <FiguresRail {...figures} content={content} explainsIn={explainsIn} />,
  };
  const reviews = [section.can.sign, section.can.pass, section.can.return].includes(null);
  return (
    <>
      <ActionBar
        back={back}
        title={section.title}
        status={status}
        actions={
          <>
            {section.can.withdraw === null && (
              <WithdrawButton
                section={section.id}
                version={section.version}
                words={{ label: t("act.withdraw"), pending: t("pending.withdraw") }}
              />
            )}
            {reviews && (
              <LinkButton kind="primary" href={`/reports/${slug}/review?section=${section.id}`}>
                {t(ctx.actor.role === "signer" ? "act.check" : "act.review")}
              </LinkButton>
            )}
          </>
        }
      />
      <Workbench
        rail={
          <SectionRail
            section={section}
            guide={guide}
            numbers={isProse ? numbers : undefined}
            remarks={remarks}
            reasons={reasons}
            asked={asked}
          />
        }
        railLabel={t("rail.label")}
      >
        <div className="mx-auto flex flex-col gap-3">
          {maySeeDraft(ctx.actor, section) && (
            <Watching
              section={{ id: section.id, version: section.version, draftVersion: section.draft?.version ?? 0 }}
              blocks={section.text.content.content.map((block) => block.attrs.id)}
              words={messages.live}
            />
          )}
          {section.can.revise === null && (
            <ReviseForm
              section={{ id: section.id, version: section.version }}
              words={{
                what: revise("what", { number: section.submitted?.number ?? 0 }),
                act: revise("act"),
                pending: revise("pending"),
                sure: revise("sure"),
                sureLapses: revise("sureLapses"),
                sureAgain: revise("sureAgain"),
                yes: revise("yes"),
                no: revise("no"),
              }}
            />
          )}
          {section.revised && (
            <div className="mx-auto w-full max-w-200">
              <Notice tone="warning">{revise("stale", { number: section.submitted?.number ?? 0 })}</Notice>
            </div>
          )}
          <StaleFigures section={section} words={guide.words} />
          <div className="sheet">
            <Shown
              section={section}
              figures={figures}
              role={ctx.actor.role}
              remarks={textRemarks(remarks)}
              reasons={reasons}
            />
          </div>
        </div>
      </Workbench>
    </>
  );
}

type ShownProps = {
  section: Data;
  figures: SectionFigures;
  role: Role;
  remarks: TextRemarks | null;
  reasons: ReasonsProps | null;
};

function Shown({ section, figures, role, remarks, reasons }: ShownProps) {
  const t = useTranslations("section");
  if (section.text.is === "hidden") {
    const why = role === "lead" ? "notYet" : role === "approver" ? "approver" : "others";
    return <p className="text-ink-soft">{t(`hidden.${why}`, { organ: section.organ })}</p>;
  }
  if (isEmpty(section.text.content)) return <p className="text-ink-soft">{t("emptyText")}</p>;
  const pinned = reasons?.reasons.flatMap(({ target }) => (target.is === "text" ? [target.blockId] : [])) ?? [];
  return (
    <SectionText content={section.text.content} kind={section.kind} pinned={pinned} remarks={remarks} {...figures} />
  );
}
