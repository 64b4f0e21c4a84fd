import { getTranslations } from "next-intl/server";
import { placesOf } from "../../../../../domain/consultation/places";
import { getOutcome } from "../../../../../domain/consultation/queries";
import { LinkButton } from "../../../../../ui/button";
import { Empty } from "../../../../../ui/empty";
import { Notice } from "../../../../../ui/notice";
import { Page, PageHeader } from "../../../../../ui/page";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../../../ui/table";
import { readPage } from "../../../../_server/read-page";
import { Outcome } from "../decisions";
import { QuotedPlace } from "../quoted-place";

type Props = { params: Promise<{ edition: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("consultation"))("outcome.title") };
}

/** 意见采纳情况表: what became of every comment, in the order of the text. */
export default async function OutcomePage({ params }: Props) {
  const { edition: id } = await params;
  const path = `/consultations/${id}`;
  const [t, { data }] = await Promise.all([
    getTranslations("consultation"),
    readPage(`${path}/outcome`, (tx, ctx) => getOutcome(tx, ctx, id)),
  ]);
  const places = new Map(placesOf(data.document).map((place) => [place.id, place]));
  const back = { href: path, label: t("heading", { number: data.number }) };
  if (data.isClosed) {
    return (
      <Page>
        <PageHeader back={back} title={t("outcome.title")} />
        <Empty title={t("outcome.notYet")}>{t("outcome.notYetHint")}</Empty>
      </Page>
    );
  }
  return (
    <Page>
      <PageHeader
        back={back}
        title={t("outcome.title")}
        summary={t.rich("totals", { ...data.tally, b: (words) => <b>{words}</b> })}
        actions={
          <LinkButton icon="download" href={`${path}/outcome.xlsx`} download>
            {t("outcome.download")}
          </LinkButton>
        }
      />
      {data.publishedAt === null && <Notice tone="info">{t("outcome.draft")}</Notice>}
      {data.comments.length === 0 ? (
        <Empty title={t("noComments")} />
      ) : (
        <Table label={t("outcome.title")} stack>
          <TableHead>
            <HeadCell>{t("col.number")}</HeadCell>
            <HeadCell>{t("col.organ")}</HeadCell>
            <HeadCell className="w-1/4">{t("col.place")}</HeadCell>
            <HeadCell className="w-1/4">{t("col.comment")}</HeadCell>
            <HeadCell>{t("col.disposition")}</HeadCell>
            <HeadCell className="w-1/5">{t("col.reason")}</HeadCell>
          </TableHead>
          <TableBody>
            {data.comments.map((reply, index) => {
              const [latest] = reply.decisions;
              return (
                <Row key={reply.id}>
                  <Cell soft>{index + 1}</Cell>
                  <Cell soft>{reply.organ}</Cell>
                  <Cell>
                    <span className="text-sm text-ink-soft">
                      <QuotedPlace place={places.get(reply.blockId ?? "")} quote={reply.quote} />
                    </span>
                  </Cell>
                  <Cell main>
                    <span className="break-words whitespace-pre-line">{reply.text}</span>
                  </Cell>
                  <Cell>{latest ? <Outcome disposition={latest.disposition} /> : t("waiting")}</Cell>
                  <Cell>
                    <span className="break-words whitespace-pre-line">{latest?.reason}</span>
                  </Cell>
                </Row>
              );
            })}
          </TableBody>
        </Table>
      )}
      {data.none.length > 0 && (
        <p className="text-ink-soft">{t("outcome.none", { organs: data.none.join(t("listMark")) })}</p>
      )}
    </Page>
  );
}
