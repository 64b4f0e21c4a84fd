import { getLocale, getTranslations } from "next-intl/server";
import { noticeKey } from "../../../domain/notice/events";
import type { OwnNotices } from "../../../domain/notice/queries";
import { MAIL_CHOICES, MAIL_LOCALES } from "../../../domain/notice/workflow";
import { dateTime } from "../../../messages/dates";
import { Notice } from "../../../ui/notice";
import { NoticeSettingsForm, TestMailForm } from "./notice-forms";

/** How one wants to be told besides on the desk; says so when there is no server that could send mails. */
export async function NoticeSettings({ notices, mails }: { notices: OwnNotices; mails: boolean }) {
  const t = await getTranslations("notice.settings");
  return (
    <section aria-labelledby="notices" className="flex flex-col gap-4 border border-line bg-white px-4 py-4">
      <div>
        <h2 id="notices" className="font-semibold">
          {t("title")}
        </h2>
        <p className="text-ink-soft">
          {t("deskAlways")}
          {mails && t("withServer")}
        </p>
      </div>
      {!mails && <Notice>{t("noServer")}</Notice>}
      <NoticeSettingsForm
        settings={notices}
        locales={MAIL_LOCALES.map((locale) => ({ value: locale, label: t(locale) }))}
        choices={notices.choices.map(({ event, usual, mail }) => ({
          event,
          mail,
          label: t(`eventName.${noticeKey(event)}`),
          options: MAIL_CHOICES.map((choice) => ({
            value: choice,
            label: choice === usual ? t("usual", { choice: t(`choice.${choice}`) }) : t(`choice.${choice}`),
          })),
        }))}
        words={{
          email: t("email"),
          emailHint: t("emailHint"),
          optional: t("optional"),
          locale: t("locale"),
          quiet: t("quiet"),
          quietHint: t("quietHint"),
          quietFrom: t("quietFrom"),
          quietUntil: t("quietUntil"),
          choices: t("choices"),
          choicesHint: t("choicesHint"),
          save: t("save"),
          pending: t("pending"),
          saved: t("saved"),
        }}
      />
      {mails && notices.email !== "" && (
        <div className="flex flex-col gap-2 border-t border-line-soft pt-4">
          <TestMailForm words={{ test: t("test"), pending: t("testPending"), sent: t("testSent") }} />
          {notices.test && <TestResult test={notices.test} />}
        </div>
      )}
    </section>
  );
}

async function TestResult({ test }: { test: NonNullable<OwnNotices["test"]> }) {
  const [t, locale] = await Promise.all([getTranslations("notice.settings"), getLocale()]);
  const state = test.sentAt ? "sent" : test.failedAt ? "failed" : test.error ? "retrying" : "waiting";
  const words = t(`testState.${state}`, {
    at: dateTime(test.sentAt ?? test.at, locale),
    attempts: test.attempts,
    error: test.error ?? "",
  });
  return (
    <p className="text-ink-soft">
      {t("testResult")} · {words}
    </p>
  );
}
