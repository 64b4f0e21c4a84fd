import { getTranslations } from "next-intl/server";
import type { Actor } from "../../../../../domain/kernel/actor";
import { annexHeader, annexRows } from "../../../../../domain/indicator/printing";
import {
  getIndicatorsPage,
  rowOfGrid,
  type GridRow,
  type IndicatorsPage,
} from "../../../../../domain/indicator/queries";
import { LinkButton } from "../../../../../ui/button";
import { Empty } from "../../../../../ui/empty";
import { Page, PageHeader } from "../../../../../ui/page";
import { readPage } from "../../../../_server/read-page";
import { IndicatorsScreen } from "./grid/indicators-screen";
import { OtherRows, type OtherRow } from "./other-rows";
import { gridWords } from "./words";

type Props = { params: Promise<{ report: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("indicator"))("title") };
}

export default async function IndicatorsOfReport({ params }: Props) {
  const [{ report: slug }, t] = await Promise.all([params, getTranslations("indicator")]);
  const path = `/reports/${slug}/indicators`;
  const { ctx, data } = await readPage(path, (tx, actor) => getIndicatorsPage(tx, actor, slug));
  const { report, rows } = data;
  const back = { href: `/reports/${slug}`, label: report.name };
  const heads = annexHeader(report.year, report.half);
  const { inHand, others } = dealt(rows, ctx.actor);
  const catalogue = data.mayEditCatalogue && <LinkButton href={`${path}/catalogue`}>{t("catalogueLink")}</LinkButton>;
  if (inHand.length === 0) {
    return (
      <Page>
        <PageHeader back={back} title={t("title")} actions={catalogue} />
        <Empty title={t(rows.length === 0 ? "none" : "noneOfOurs")}>{rows.length === 0 && t("noneHint")}</Empty>
        <OtherRows rows={others.map((row) => toRead(row, rows.indexOf(row) + 1))} heads={heads} />
      </Page>
    );
  }
  return (
    <IndicatorsScreen
      report={report}
      rows={inHand}
      findings={data.findings}
      explains={explainable(data, ctx.actor)}
      showsOrgan={new Set(inHand.map((row) => row.organId)).size > 1}
      heads={heads}
      numbers={Object.fromEntries(rows.map((row, at) => [row.id, at + 1]))}
      back={back}
      title={t("page")}
      status={<span className="text-sm text-ink-soft max-sm:hidden">{summary(inHand, t)}</span>}
      actions={catalogue}
      words={await gridWords(path)}
    >
      <OtherRows rows={others.map((row) => toRead(row, rows.indexOf(row) + 1))} heads={heads} />
    </IndicatorsScreen>
  );
}

/** A department has its own rows and those that it confirms in hand; who compiles or approves the report has them all. */
function dealt(rows: readonly GridRow[], actor: Actor): { inHand: GridRow[]; others: GridRow[] } {
  if (actor.role !== "drafter" && actor.role !== "signer") return { inHand: [...rows], others: [] };
  const isInHand = (row: GridRow) => row.organId === actor.organId || row.can.confirm === null;
  return { inHand: rows.filter(isInHand), others: rows.filter((row) => !isInHand(row)) };
}

function toRead(row: GridRow, number: number): OtherRow {
  const [, name = "", unit = "", ...figures] = annexRows([rowOfGrid(row)])[0] ?? [];
  const { code, organ, status } = row;
  return { code, organ, status, number, name, unit, figures: row.sees === "nothing" ? null : figures };
}

function explainable({ report, rows }: IndicatorsPage, actor: Actor): string[] {
  if (report.status !== "collecting") return [];
  const may = (row: GridRow) =>
    actor.role === "lead" ? row.sees !== "nothing" : actor.role === "drafter" && row.organId === actor.organId;
  return rows.filter(may).map((row) => row.id);
}

/** What waits for this person here, in one sentence. */
function summary(rows: readonly GridRow[], t: Awaited<ReturnType<typeof getTranslations<"indicator">>>): string {
  for (const verb of ["fill", "sign", "confirm", "pass"] as const) {
    const count = rows.filter((row) => row.can[verb] === null).length;
    if (count > 0) return t(`summary.${verb}`, { count });
  }
  return t("summary.done");
}
