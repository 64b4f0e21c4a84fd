import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { isUnchanged } from "../../../../../domain/edition/compare-documents";
import type { Choice, ComparePage } from "../../../../../domain/edition/compare-editions";
import { longDate } from "../../../../../messages/dates";
import { Button } from "../../../../../ui/button";
import { Empty } from "../../../../../ui/empty";
import { Select } from "../../../../../ui/field";
import { Notice } from "../../../../../ui/notice";
import { PageHeader } from "../../../../../ui/page";
import { ask } from "../../../exports/actions";
import { ActForm } from "../editions/act-form";
import { AskedList } from "./asked";
import { ComparedAnnexes } from "./compared-annexes";
import { ComparedBody } from "./compared-body";

type Props = {
  data: ComparePage;
  path: string;
  all: boolean;
  back: { href: string; label: string };
};

/** Two editions side by side: which, how much differs, the files of it, and the texts. No script is needed for reading. */
export async function ComparisonScreen({ data, path, all, back }: Props) {
  const t = await getTranslations("compare");
  const { pair, name } = data;
  if (!pair) {
    return (
      <>
        <PageHeader back={back} title={t("title")} summary={name} />
        <Empty title={t("one")}>{t("oneHint")}</Empty>
      </>
    );
  }
  const { comparison } = pair;
  const { counts } = comparison;
  const same = isUnchanged(comparison);
  const annexesChanged = comparison.annexes.some(({ change }) => change !== "same");
  const places = counts.inserted + counts.deleted + counts.changed + counts.moved;
  const here = (whole: boolean) => `${path}?from=${pair.from.number}&to=${pair.to.number}${whole ? "&all=1" : ""}`;
  return (
    <>
      <PageHeader
        back={back}
        title={`${t("title")}：${comparison.from.label} → ${comparison.to.label}`}
        summary={same ? t("same") : t("summary", { places, ...counts })}
      />
      <Choose data={data} path={path} all={all} />
      {comparison.asked.length > 0 && (
        <Notice tone="info">
          <AskedList asked={comparison.asked} />
        </Notice>
      )}
      {!same && (
        <>
          <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-2 print:hidden">
            <nav aria-label={t("view")} className="flex gap-5">
              {[false, true].map((whole) => (
                <Link
                  key={String(whole)}
                  href={here(whole)}
                  aria-current={whole === all ? "page" : undefined}
                  className={`inline-flex min-h-(--target) items-center ${whole === all ? "border-b-2 border-indigo font-semibold" : "link"}`}
                >
                  {whole ? t("wholeText") : t("onlyChanges")}
                </Link>
              ))}
              <a
                href={comparison.blocks.some(({ change }) => change !== "same") ? "#change-1" : "#annexes"}
                className="link inline-flex min-h-(--target) items-center"
              >
                {t("first")}
              </a>
            </nav>
            <Files pair={pair} />
          </div>
          <Legend />
          <ComparedBody blocks={comparison.blocks} all={all} annexesChanged={annexesChanged} />
          <ComparedAnnexes comparison={comparison} all={all} />
        </>
      )}
    </>
  );
}

async function Choose({ data, path, all }: Pick<Props, "data" | "path" | "all">) {
  const [t, kinds, locale] = await Promise.all([getTranslations("compare"), getTranslations("edition"), getLocale()]);
  const { choices, pair } = data;
  const options = choices.map(({ number, kind, sealedAt }: Choice) => ({
    value: String(number),
    label: t("choice", { kind: kinds(`kind.${kind}`), number, date: longDate(sealedAt, locale) }),
  }));
  return (
    <form action={path} aria-label={t("choose")} className="flex flex-wrap items-end gap-3 print:hidden">
      {(["from", "to"] as const).map((end) => (
        <div key={end} className="min-w-0 flex-1 basis-60">
          <Select
            // A new page shows its own pair, whatever was chosen before.
            key={pair?.[end].id}
            name={end}
            label={t(end)}
            options={options}
            defaultValue={String(pair?.[end].number)}
          />
        </div>
      ))}
      {all && <input type="hidden" name="all" value="1" />}
      <Button>{t("now")}</Button>
    </form>
  );
}

async function Files({ pair }: { pair: NonNullable<ComparePage["pair"]> }) {
  const t = await getTranslations("compare");
  const values = { source: "comparison", editionId: pair.to.id, earlierId: pair.from.id };
  return (
    <div role="group" aria-label={t("files")} className="flex flex-wrap gap-2">
      {(["pdf", "docx"] as const).map((format) => (
        <ActForm
          key={format}
          action={ask}
          values={{ ...values, format }}
          label={format === "pdf" ? t("asPdf") : t("asDocx")}
          pending={t("asking")}
          kind="secondary"
          icon="download"
        />
      ))}
    </div>
  );
}

async function Legend() {
  const t = await getTranslations("compare");
  return (
    <p className="doc text-base! text-ink-soft [--doc-size:1rem]">
      <span className="font-sans">{t("legend")}：</span>
      <del>{t("legendGone")}</del>　<ins>{t("legendCome")}</ins>
    </p>
  );
}
