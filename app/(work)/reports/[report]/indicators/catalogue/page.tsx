import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { getCatalogue } from "../../../../../../domain/indicator/catalogue";
import { DomainError } from "../../../../../../domain/kernel/errors";
import { loadMessages } from "../../../../../../messages/load";
import { Page, PageHeader } from "../../../../../../ui/page";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../../../../ui/table";
import { readPage } from "../../../../../_server/read-page";
import { EntryForm, MoveForm, RemoveForm, type CatalogueWords } from "./entry-form";

type Props = { params: Promise<{ report: string }>; searchParams: Promise<{ edit?: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("indicator"))("catalogue.title") };
}

export default async function CataloguePage({ params, searchParams }: Props) {
  const [{ report: slug }, { edit }, t, locale] = await Promise.all([
    params,
    searchParams,
    getTranslations("indicator"),
    getLocale(),
  ]);
  const path = `/reports/${slug}/indicators/catalogue`;
  const { data } = await readPage(path, async (tx, ctx) => {
    const catalogue = await getCatalogue(tx, ctx, slug);
    if (catalogue.refusal === "not-your-role") throw new DomainError("not-found");
    return catalogue;
  });
  const { indicator, figure } = loadMessages(locale);
  const words: CatalogueWords = {
    ...indicator.catalogue,
    kindOf: indicator.kind,
    basisOf: indicator.basis,
    field: figure.field,
  };
  const { entries, offices, report, refusal } = data;
  const officeOf = (id: string | null) => offices.find((office) => office.id === id)?.name ?? "—";
  const inHand = refusal === null ? entries.find((entry) => entry.code === edit) : undefined;
  return (
    <Page>
      <PageHeader
        back={{ href: `/reports/${slug}/indicators`, label: t("catalogue.back") }}
        title={t("catalogue.title")}
        summary={`${t("catalogue.of", { count: entries.length })} · ${t("catalogue.hint")}`}
      />
      {refusal !== null && <p className="text-ink-soft">{(await getTranslations("refusal"))(refusal)}</p>}
      {inHand && (
        <section key={inHand.id} aria-labelledby="in-hand" className="border border-line bg-white px-4">
          <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4">
            <h2 id="in-hand" className="font-semibold">
              {t("catalogue.editOf", { name: inHand.officialName })}
            </h2>
            <Link href={path} className="link inline-flex min-h-(--target) items-center">
              {t("catalogue.done")}
            </Link>
          </div>
          <EntryForm of={{ entry: inHand }} offices={offices} words={words} />
          <RemoveForm entry={inHand} words={words} />
        </section>
      )}
      {refusal === null && !inHand && (
        <details className="border border-line bg-white px-4">
          <summary className="link flex min-h-12 items-center">{t("catalogue.add")}</summary>
          <EntryForm of={{ reportId: report.id }} offices={offices} words={words} />
        </details>
      )}
      <Table label={t("catalogue.title")} stack>
        <TableHead>
          <HeadCell>{t("catalogue.place")}</HeadCell>
          <HeadCell className="w-2/5">{t("catalogue.officialName")}</HeadCell>
          <HeadCell>{t("catalogue.unit")}</HeadCell>
          <HeadCell>{t("catalogue.kind")}</HeadCell>
          <HeadCell>{t("catalogue.organ")}</HeadCell>
          <HeadCell>{t("catalogue.confirmOrgan")}</HeadCell>
          <HeadCell />
        </TableHead>
        <TableBody>
          {entries.map((entry, at) => (
            <Row key={entry.id}>
              <Cell soft>{at + 1}</Cell>
              <Cell main>
                {refusal === null ? (
                  <Link href={`${path}?edit=${entry.code}`} prefetch={false} className="link">
                    {entry.officialName}
                  </Link>
                ) : (
                  entry.officialName
                )}
                <span className="block text-sm text-ink-soft">
                  {[entry.code, entry.shortName, ...entry.aliases].join(" · ")}
                </span>
              </Cell>
              <Cell soft>{entry.unit}</Cell>
              <Cell soft>
                {t(`kind.${entry.kind}`)} · {t(`basis.${entry.basis}`)}
              </Cell>
              <Cell soft>{officeOf(entry.organId)}</Cell>
              <Cell soft>{officeOf(entry.confirmOrganId)}</Cell>
              <Cell>{refusal === null && <MoveForm id={entry.id} name={entry.officialName} words={words} />}</Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Page>
  );
}
