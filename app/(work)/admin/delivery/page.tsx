import { getLocale, getTranslations } from "next-intl/server";
import { isNoticeEvent, noticeKey } from "../../../../domain/notice/events";
import { type Delivery, getDelivery } from "../../../../domain/notice/queries";
import { dateTime } from "../../../../messages/dates";
import { Notice } from "../../../../ui/notice";
import { Page, PageHeader } from "../../../../ui/page";
import { Status } from "../../../../ui/status";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../../ui/table";
import { readPage } from "../../../_server/read-page";
import { RetryForm, WebhookForm } from "./delivery-forms";

export async function generateMetadata() {
  return { title: (await getTranslations("notice.delivery"))("title") };
}

export default async function DeliveryPage() {
  const [t, eventWords, locale, { data }] = await Promise.all([
    getTranslations("notice.delivery"),
    getTranslations("notice.settings"),
    getLocale(),
    readPage("/admin/delivery", getDelivery),
  ]);
  const nameOf = (event: string) =>
    isNoticeEvent(event)
      ? eventWords(`eventName.${noticeKey(event)}`)
      : event === "test" || event === "digest"
        ? t(`eventName.${event}`)
        : event;
  const mails = data.mails.map((mail) => ({ ...mail, what: nameOf(mail.event), to: `${mail.to} · ${mail.address}` }));
  const calls = data.calls.map((call) => ({ ...call, what: dateTime(call.at, locale), to: "" }));
  const stuck = data.stuck.map((one) => ({
    ...one,
    what: nameOf(one.event),
    to: "",
    at: null,
    notBefore: one.nextAt,
    failedAt: one.givenUp ? one.nextAt : null,
  }));
  return (
    <Page>
      <PageHeader title={t("title")} summary={`${t("summary")}${t("sentDay", data.sent)}`} />
      {process.env["HUIBAO_MAIL"] !== "1" && <Notice>{t("noServer")}</Notice>}
      <Troubles kind="mail" title={t("mails")} troubles={mails} most={data.most} />
      <Troubles kind="call" title={t("calls")} troubles={calls} most={data.most} />
      {stuck.length > 0 && <Troubles kind="event" title={t("stuck")} troubles={stuck} most={data.most} />}
      <Webhook webhook={data.webhook} />
    </Page>
  );
}

type Trouble = {
  id: string;
  what: string;
  to: string;
  at: Date | null;
  attempts: number;
  error: string | null;
  notBefore: Date;
  failedAt: Date | null;
};

type TroublesProps = { kind: "mail" | "call" | "event"; title: string; troubles: Trouble[]; most: number };

/** What has not gone out: who or what, in which state, why, and a button for what was tried in vain. */
async function Troubles({ kind, title, troubles, most }: TroublesProps) {
  const [t, locale] = await Promise.all([getTranslations("notice.delivery"), getLocale()]);
  const stateOf = ({ failedAt, error, notBefore }: Trouble) => {
    if (failedAt) return { tone: "overdue" as const, words: t("failed") };
    const at = dateTime(notBefore, locale);
    return error
      ? { tone: "returned" as const, words: t("retrying", { at }) }
      : { tone: "submitted" as const, words: t("waiting", { at }) };
  };
  return (
    <section>
      <h2 className="mb-2 font-semibold">{title}</h2>
      {troubles.length === 0 ? (
        <p className="text-ink-soft">{t("none")}</p>
      ) : (
        <Table label={title} stack>
          <TableHead>
            <HeadCell className="w-1/4">{t("event")}</HeadCell>
            {kind === "mail" && <HeadCell>{t("to")}</HeadCell>}
            <HeadCell>{t("state")}</HeadCell>
            <HeadCell align="right">{t("tried")}</HeadCell>
            <HeadCell className="w-1/4">{t("error")}</HeadCell>
            <HeadCell align="right" />
          </TableHead>
          <TableBody>
            {troubles.map((trouble) => {
              const state = stateOf(trouble);
              return (
                <Row key={trouble.id}>
                  <Cell main>{trouble.what}</Cell>
                  {kind === "mail" && <Cell className="break-all">{trouble.to}</Cell>}
                  <Cell>
                    <Status tone={state.tone}>{state.words}</Status>
                  </Cell>
                  <Cell align="right">{t("times", { count: trouble.attempts })}</Cell>
                  <Cell className="break-words text-ink-soft">{trouble.error ?? ""}</Cell>
                  <Cell align="right">
                    {(trouble.error !== null || trouble.failedAt !== null) && (
                      <RetryForm
                        kind={kind}
                        id={trouble.id}
                        name={t("againFor", { what: trouble.what })}
                        words={{ again: t("again"), pending: t("againPending"), done: t("againDone") }}
                      />
                    )}
                  </Cell>
                </Row>
              );
            })}
          </TableBody>
        </Table>
      )}
      {troubles.length === most && <p className="mt-1 text-ink-soft">{t("more", { count: most })}</p>}
    </section>
  );
}

async function Webhook({ webhook }: { webhook: Delivery["webhook"] }) {
  const [t, locale] = await Promise.all([getTranslations("notice.delivery"), getLocale()]);
  return (
    <section aria-labelledby="webhook" className="border border-line bg-white px-4 py-4">
      <h2 id="webhook" className="font-semibold">
        {t("webhook")}
      </h2>
      <p className="mb-3 text-ink-soft">
        {t("webhookHint")}
        {webhook && ` ${t("updated", { by: webhook.by, at: dateTime(webhook.at, locale) })}`}
      </p>
      <WebhookForm
        url={webhook?.url ?? ""}
        enabled={webhook?.enabled ?? false}
        words={{
          url: t("url"),
          urlHint: t("urlHint"),
          secret: t("webhookSecret"),
          secretHint: webhook ? t("secretKept") : t("secretHint"),
          enabled: t("enabled"),
          save: t("save"),
          pending: t("pending"),
          saved: t("saved"),
        }}
      />
    </section>
  );
}
