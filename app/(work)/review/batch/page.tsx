import { getLocale, getTranslations } from "next-intl/server";
import { getBatch, type BatchLine } from "../../../../domain/review/batch";
import { BATCH_LIMIT, Chosen } from "../../../../domain/review/batch-schema";
import { askedAs, askedFrom } from "../../../../domain/review/queue-asked";
import { loadMessages } from "../../../../messages/load";
import { LinkButton } from "../../../../ui/button";
import { Empty } from "../../../../ui/empty";
import { Page, PageHeader } from "../../../../ui/page";
import { readPage } from "../../../_server/read-page";
import { reviewPath } from "../../reports/[report]/review/where";
import { BatchForm } from "./batch-form";
import { BatchSummary } from "./batch-summary";

type Props = { searchParams: Promise<{ item?: string | string[]; from?: string | string[] }> };

export async function generateMetadata() {
  return { title: (await getTranslations("review"))("batch.title") };
}

/** What is chosen, as it stands now; nothing is decided by coming here. */
export default async function BatchPage({ searchParams }: Props) {
  const [{ item = [], from }, t, review, locale] = await Promise.all([
    searchParams,
    getTranslations("review.batch"),
    getTranslations("review"),
    getLocale(),
  ]);
  const asked = askedAs(askedFrom(typeof from === "string" ? from : "", {}));
  const named = [item].flat().flatMap((name) => Chosen.safeParse(name).data ?? []);
  const chosen = [...new Map(named.map((one) => [one.id, one])).values()].slice(0, BATCH_LIMIT);
  const { data: batch } = await readPage("/review/batch", (tx, ctx) => getBatch(tx, ctx, chosen));
  const back = { href: asked === "" ? "/review" : `/review?${asked}`, label: t("back") };
  const { done, doneAll } = loadMessages(locale).review.batch;
  const says = (line: BatchLine): string[] => [
    line.organ,
    review(`act.${line.verb}`),
    review("number", { number: line.number }),
    t(`size.${line.kind}`, { paragraphs: line.paragraphs, figures: line.figures }),
    [
      t("findings", { count: line.findings.open }),
      ...(line.findings.errors > 0 ? [t("errors", { errors: line.findings.errors })] : []),
    ].join(t("mark")),
    t(`seen.${line.seen}`),
  ];
  return (
    <Page>
      <PageHeader back={back} title={t("title")} />
      <BatchForm
        lines={batch.lines.map((line) => ({
          kind: line.kind,
          id: line.id,
          version: line.version,
          verb: line.verb,
          fingerprint: line.fingerprint,
          name: line.name,
          href: reviewPath(line, asked),
          says: says(line),
        }))}
        heads={(["item", "organ", "verb", "version", "size", "findings", "seen"] as const).map((col) =>
          t(`col.${col}`),
        )}
        back={back.href}
        declare={batch.lines.some(({ verb }) => verb === "sign") ? review("declare") : ""}
        words={{
          title: t("title"),
          go: t("go", { count: batch.lines.length }),
          going: t("going"),
          done,
          doneAll,
          again: t("again"),
          result: t("col.result"),
        }}
      >
        {batch.lines.length === 0 ? (
          <Empty title={t("nothing")} action={<LinkButton href={back.href}>{t("again")}</LinkButton>}>
            {batch.gone > 0 ? t("gone", { count: batch.gone }) : t("nothingHint")}
          </Empty>
        ) : (
          <BatchSummary batch={batch} />
        )}
      </BatchForm>
    </Page>
  );
}
