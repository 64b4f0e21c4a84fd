import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { getReceipts } from "../../../../domain/edition/queries";
import { isUuid } from "../../../../domain/kernel/uuid";
import { clockTime, longDate } from "../../../../messages/dates";
import { Empty } from "../../../../ui/empty";
import { Page, PageHeader } from "../../../../ui/page";
import { Status } from "../../../../ui/status";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../../ui/table";
import { readPage } from "../../../_server/read-page";
import { DeliveredTo } from "../../reports/[report]/editions/delivered-to";

type Props = { params: Promise<{ edition: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("edition.receipts"))("title") };
}

/** To whom an edition went and who has opened it, for the lead bureau and the committee's office. */
export default async function ReceiptsPage({ params }: Props) {
  const { edition: id } = await params;
  if (!isUuid(id)) notFound();
  const [t, words, locale, { data }] = await Promise.all([
    getTranslations("edition.receipts"),
    getTranslations("edition"),
    getLocale(),
    readPage(`/receipts/${id}`, (tx, ctx) => getReceipts(tx, ctx, id)),
  ]);
  const { edition, deliveries, readers } = data;
  const opened = readers.filter(({ openedAt }) => openedAt !== null).length;
  const back = edition.slug
    ? { href: `/reports/${edition.slug}/editions`, label: words("title") }
    : { href: "/desk", label: words("back") };
  return (
    <Page>
      <PageHeader
        back={back}
        title={`${edition.name} · ${words("sealNote", { kind: words(`kind.${edition.kind}`), number: edition.number })}`}
        summary={t("summary", { all: readers.length, opened })}
      />
      <DeliveredTo deliveries={deliveries} />
      {readers.length === 0 ? (
        <Empty title={t("none")} />
      ) : (
        <>
          <Table label={t("title")} stack>
            <TableHead>
              <HeadCell>{t("person")}</HeadCell>
              <HeadCell>{t("office")}</HeadCell>
              <HeadCell>{t("opened")}</HeadCell>
            </TableHead>
            <TableBody>
              {readers.map(({ organ, label, openedAt }, index) => (
                <Row key={index}>
                  <Cell main>{label}</Cell>
                  <Cell soft>{organ}</Cell>
                  <Cell>
                    {openedAt ? (
                      <Status tone="approved">{`${longDate(openedAt, locale)} ${clockTime(openedAt)}`}</Status>
                    ) : (
                      <Status tone="draft" icon="clock">
                        {t("notYet")}
                      </Status>
                    )}
                  </Cell>
                </Row>
              ))}
            </TableBody>
          </Table>
          <p className="text-sm text-ink-soft">{t("note")}</p>
        </>
      )}
    </Page>
  );
}
