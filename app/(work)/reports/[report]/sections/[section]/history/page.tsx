import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { compareContents, tallyOf } from "../../../../../../../domain/section/compare";
import {
  getHistoryPage,
  HistoryAsked,
  type HistoryPage as Data,
  type TextName,
} from "../../../../../../../domain/section/history";
import { dateTime } from "../../../../../../../messages/dates";
import { Button, LinkButton } from "../../../../../../../ui/button";
import { Empty } from "../../../../../../../ui/empty";
import { Select } from "../../../../../../../ui/field";
import { Notice } from "../../../../../../../ui/notice";
import { ActionBar, Workbench } from "../../../../../../../ui/page";
import { readPage } from "../../../../../../_server/read-page";
import { ChangedText, ChangeTally } from "../../../../../changed-text";
import { SectionStatus } from "../../../../../section-status";
import { SectionText } from "../../../../../section-text";
import { Entries } from "./entries";
import { RestoreForm } from "./restore-form";

type Props = {
  params: Promise<{ report: string; section: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata() {
  return { title: (await getTranslations("history"))("title") };
}

export default async function HistoryPage({ params, searchParams }: Props) {
  const [{ report: slug, section: id }, search, t] = await Promise.all([
    params,
    searchParams,
    getTranslations("history"),
  ]);
  const path = `/reports/${slug}/sections/${id}/history`;
  const asked = HistoryAsked.parse(search);
  const { data } = await readPage(path, (tx, ctx) => getHistoryPage(tx, ctx, slug, id, asked));
  const { section, entries } = data;
  const back = { href: `/reports/${slug}/sections/${id}`, label: t("back") };
  const isEmpty = entries.length === 0 && !asked.older && data.choices.length < 2;
  return (
    <>
      <ActionBar
        back={back}
        title={`${section.title} · ${t("title")}`}
        status={<SectionStatus status={section.status} />}
      />
      <Workbench
        railLabel={t("list")}
        rail={
          <Entries
            entries={entries}
            path={path}
            seesCurrent={data.draftVersion !== null}
            mayRestore={data.mayRestore}
            older={data.older}
          />
        }
      >
        <div className="mx-auto flex max-w-200 flex-col gap-3">
          {asked.older && (
            <Link href={path} className="link inline-flex min-h-(--target) items-center">
              {t("newest")}
            </Link>
          )}
          {isEmpty ? (
            <Empty title={t("none")}>{t("noneHint")}</Empty>
          ) : (
            <>
              <Done data={data} asked={asked} back={back.href} />
              {data.choices.length > 1 && !data.restores && <Choose data={data} path={path} />}
              <Chosen data={data} path={path} />
            </>
          )}
        </div>
      </Workbench>
    </>
  );
}

async function Done({ data, asked, back }: { data: Data; asked: HistoryAsked; back: string }) {
  const t = await getTranslations("history");
  const texts = data.entries.filter((entry) => entry.type === "revision");
  const made = texts.find((entry) => entry.number === asked.done);
  if (!made || made.restoredFrom === null) return null;
  const kept = texts.find((entry) => entry.number === asked.kept);
  return (
    <Notice tone="success" action={<LinkButton href={back}>{t("restore.write")}</LinkButton>}>
      {t("restore.done", { from: made.restoredFrom, number: made.number })}
      {kept && t("restore.keptFirst", { kept: kept.number })}
    </Notice>
  );
}

/** Any two of what may be seen; a plain form that asks for another page. */
async function Choose({ data, path }: { data: Data; path: string }) {
  const [t, locale] = await Promise.all([getTranslations("history"), getLocale()]);
  const name = nameIn(t);
  const options = data.choices.map((choice) => ({
    value: String(choice.name),
    label: t("compare.choice", { name: name(choice.name), at: dateTime(choice.at, locale), by: choice.by }),
  }));
  const { pair } = data;
  return (
    <form action={path} aria-label={t("compare.label")} className="flex flex-wrap items-end gap-3">
      {(["from", "to"] as const).map((end) => (
        <div key={end} className="min-w-0 flex-1 basis-60">
          <Select
            // A new page shows its own pair, whatever was chosen before.
            key={String(pair?.[end].name)}
            name={end}
            label={t(`compare.${end}`)}
            options={options}
            defaultValue={String(pair?.[end].name ?? options[end === "from" ? 1 : 0]?.value)}
          />
        </div>
      ))}
      <Button>{t("compare.now")}</Button>
    </form>
  );
}

/** The text that was asked for, or what became of one in the other; before restoring, what that would do. */
async function Chosen({ data, path }: { data: Data; path: string }) {
  const [t, locale] = await Promise.all([getTranslations("history"), getLocale()]);
  const name = nameIn(t);
  const { section, shown, pair, restores, draftVersion } = data;
  if (shown) {
    return (
      <>
        <Heading title={name(shown.name)} note={t("about", { by: shown.by, at: dateTime(shown.at, locale) })} />
        <Sheet kind={section.kind}>
          <SectionText content={shown.content} kind={section.kind} />
        </Sheet>
      </>
    );
  }
  if (!pair) return <p className="text-ink-soft">{t("compare.one")}</p>;
  const changes = compareContents(pair.from.content, pair.to.content);
  const isSame = Object.values(tallyOf(changes)).every((count) => count === 0);
  const number = Number(pair.to.name);
  return (
    <>
      {restores && draftVersion !== null ? (
        <section aria-labelledby="restore" className="flex flex-col gap-3 border border-line bg-white px-4 py-3.5">
          <h2 id="restore" className="text-lg font-semibold">
            {t("restore.title", { number })}
          </h2>
          <p>
            {isSame ? t("restore.same", { number }) : t("restore.ask", { tally: t("compare.tally", tallyOf(changes)) })}
          </p>
          {isSame ? (
            <div>
              <LinkButton href={path}>{t("restore.cancel")}</LinkButton>
            </div>
          ) : (
            <RestoreForm
              sectionId={section.id}
              revision={number}
              draftVersion={draftVersion}
              path={path}
              words={{ now: t("restore.now", { number }), doing: t("restore.doing"), cancel: t("restore.cancel") }}
            />
          )}
        </section>
      ) : (
        <Heading
          title={t("compare.title", { from: name(pair.from.name), to: name(pair.to.name) })}
          note={<ChangeTally changes={changes} />}
        />
      )}
      {!isSame && (
        <Sheet kind={section.kind}>
          <ChangedText changes={changes} kind={section.kind} />
        </Sheet>
      )}
    </>
  );
}

function Heading({ title, note }: { title: string; note: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-4">
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="text-ink-soft">{note}</p>
    </div>
  );
}

function Sheet({ kind, children }: { kind: Data["section"]["kind"]; children: ReactNode }) {
  return <div className={kind === "annex" ? "sheet sheet-wide" : "sheet min-h-0"}>{children}</div>;
}

type Translate = Awaited<ReturnType<typeof getTranslations<"history">>>;

const nameIn =
  (t: Translate) =>
  (name: TextName): string =>
    name === "current" ? t("current") : t("revision", { number: name });
