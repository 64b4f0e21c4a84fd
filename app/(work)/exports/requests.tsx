import { getLocale, getTranslations } from "next-intl/server";
import type { listExports } from "../../../domain/export/queries";
import { dateTime } from "../../../messages/dates";
import { LinkButton } from "../../../ui/button";
import { Status } from "../../../ui/status";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../ui/table";
import { failureWords } from "../../_server/failure-words";
import { Progress } from "./progress";

type Requests = Awaited<ReturnType<typeof listExports>>;

/** What was asked for, the latest first: state, place in the queue, progress, the file or why there is none. */
export async function Requests({ requests }: { requests: Requests }) {
  const [t, locale] = await Promise.all([getTranslations("export"), getLocale()]);
  return (
    <Table label={t("title")} stack>
      <TableHead>
        <HeadCell className="w-2/5">{t("col.file")}</HeadCell>
        <HeadCell>{t("col.asked")}</HeadCell>
        <HeadCell>{t("col.state")}</HeadCell>
        <HeadCell align="right">{t("col.act")}</HeadCell>
      </TableHead>
      <TableBody>
        {requests.map((one) => (
          <Row key={one.id}>
            <Cell main>
              <span className="break-words">{one.name}</span>
              <span className="block text-sm text-ink-soft">
                {t(`source.${one.source}`)} · {one.format.toUpperCase()}
                {one.size !== null && ` · ${t("size", { kilobytes: Math.ceil(one.size / 1024) })}`}
              </span>
            </Cell>
            <Cell soft>{dateTime(one.createdAt, locale)}</Cell>
            <Cell>
              <State request={one} />
            </Cell>
            <Cell align="right">
              {one.status === "done" && (
                <LinkButton icon="download" href={`/api/exports/${one.id}/file`} download>
                  {t("download")}
                  <span className="sr-only">{one.name}</span>
                </LinkButton>
              )}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

async function State({ request }: { request: Requests[number] }) {
  const t = await getTranslations("export");
  const { status, step, steps, place, refusal } = request;
  switch (status) {
    case "queued":
      return (
        <Status tone="none" icon="clock">
          {place === null || place === 0 ? t("state.next") : t("state.queued", { before: place })}
        </Status>
      );
    case "running":
      return (
        <span className="flex flex-col gap-1.5">
          <Status tone="submitted">{t("state.running", { step: Math.min(step + 1, steps), steps })}</Status>
          <Progress label={t("progress")} value={step} most={steps} />
        </span>
      );
    case "done":
      return <Status tone="approved">{t("state.done")}</Status>;
    case "failed":
      return (
        <span className="flex max-w-100 flex-col gap-0.5">
          <Status tone="returned" icon="warning">
            {t("state.failed")}
          </Status>
          {refusal && <span className="text-sm">{await failureWords(refusal)}</span>}
        </span>
      );
  }
}
