import { createTranslator } from "next-intl";
import { byReport } from "../domain/notice/digest";
import { cutShort } from "../domain/notice/cut-short";
import { noticeKey } from "../domain/notice/events";
import type { ActFacts, ComposeDigest, ComposeNotice, MailReader, NoticeFacts } from "../domain/notice/facts";
import { type MailContent, renderMail } from "../domain/notice/mail-page";
import { nameList } from "../domain/notice/name-list";
import { itemPlace, placeOf } from "../domain/notice/place";
import { MAIL_LOCALES, type MailLocale } from "../domain/notice/workflow";
import { isOneOf, ROLES } from "../domain/kernel/roles";
import { dateTime, longDate, shortDate } from "../messages/dates";
import { loadMessages } from "../messages/load";

/** The mail of one event: what happened, what is owed and by when, the reasons of a return, a link for each item. */
export const composeNotice =
  (origin: string): ComposeNotice =>
  (act, reader) => {
    const words = wordsFor(reader);
    const { t, locale } = words;
    const several = act.length > 1;
    const facts = oneOf(words, act);
    const sentence = sentenceOf(words, facts);
    const path = placeOf(facts, reader.role);
    const items = several
      ? act.map((one) => actLine(words, origin, one, reader))
      : facts.items.map((item) => itemLine(words, origin, facts.reportSlug, item));
    const owed = several && !asks(facts) ? "mail.items" : "mail.owed";
    return renderMail({
      lang: locale,
      subject: t("mail.subject", { sentence }),
      lead: sentence,
      notes: [
        ...(!several && asks(facts) && facts.dueOn ? [t("mail.due", { day: longDate(facts.dueOn, locale) })] : []),
        ...(facts.title ? [t("mail.report", { report: facts.reportName })] : []),
      ],
      reasons: act.flatMap((one) => reasonLines(words, one, several)),
      quoted: facts.remark ?? facts.edition?.notice ?? null,
      groups: items.length > 0 ? [{ title: t(owed, { count: items.length }), items }] : [],
      action: path && !several && items.length !== 1 ? { label: t("mail.open"), href: `${origin}${path}` } : null,
      footer: footerOf(words, reader, origin),
    });
  };

/** The mail of a day's notices, by report, one link each. */
export const composeDigest =
  (origin: string): ComposeDigest =>
  (facts, reader, day) => {
    const words = wordsFor(reader);
    const { t, locale } = words;
    return renderMail({
      lang: locale,
      subject: t("mail.digestSubject", { day: shortDate(day, locale), count: facts.length }),
      lead: t("mail.digestLead", { count: facts.length }),
      notes: [],
      reasons: [],
      quoted: null,
      groups: byReport(facts).map((report) => ({
        title: report.name,
        items: report.facts.map((one) => ({
          text: sentenceOf(words, one),
          note: dateTime(new Date(one.at), locale),
          href: `${origin}${placeOf(one, reader.role) ?? "/desk"}`,
        })),
      })),
      action: { label: t("mail.desk"), href: `${origin}/desk` },
      footer: footerOf(words, reader, origin),
    });
  };

type Words = ReturnType<typeof wordsIn>;

function wordsFor(reader: MailReader): Words {
  return wordsIn(isOneOf(reader.locale, MAIL_LOCALES) ? reader.locale : MAIL_LOCALES[0]);
}

function wordsIn(locale: MailLocale) {
  const messages = loadMessages(locale);
  return {
    locale,
    t: createTranslator({ locale, messages, namespace: "notice" }),
    role: createTranslator({ locale, messages, namespace: "role" }),
  };
}

/** As on the desk. */
function sentenceOf({ t, locale }: Words, facts: NoticeFacts): string {
  const [first] = facts.items;
  return t(noticeKey(facts.event), {
    by: facts.by,
    title: facts.title ?? "",
    report: facts.reportName,
    step: facts.step ?? t("nextStep"),
    count: facts.items.length,
    names: namesIn(
      t,
      facts.items.map((item) => item.title),
    ),
    reason: facts.reason ?? "",
    number: facts.edition?.number ?? 0,
    notice: cutShort(facts.edition?.notice ?? ""),
    due: shortDate(facts.edition?.answerBy ?? first?.dueOn ?? facts.dueOn ?? facts.at.slice(0, 10), locale),
  });
}

const namesIn = (t: Words["t"], titles: readonly string[]): string =>
  nameList(titles, t("listMark"), (said) => t("more", said));

/** Several items of one act said as one: their titles, and the step if it is the same for all. */
function oneOf({ t }: Words, act: ActFacts): NoticeFacts {
  const [first] = act;
  const titles = act.flatMap(({ title }) => (title === null ? [] : [title]));
  const step = act.every((one) => one.step === first.step) ? first.step : null;
  return act.length === 1 ? first : { ...first, title: namesIn(t, titles), step, remark: null };
}

/** Whether the reader owes something by a day: not of what is done, delivered or only said. */
const asks = ({ event, items }: NoticeFacts): boolean =>
  items.length === 0 && /\.(submitted|signed|confirmed|advanced|assigned|returned|sent-for-approval)$/.test(event);

function actLine({ t, locale }: Words, origin: string, one: NoticeFacts, { role }: MailReader) {
  return {
    text: one.title ?? one.reportName,
    note: asks(one) && one.dueOn ? t("mail.due", { day: longDate(one.dueOn, locale) }) : "",
    href: `${origin}${placeOf(one, role) ?? "/desk"}`,
  };
}

function itemLine({ t, locale }: Words, origin: string, slug: string, item: NoticeFacts["items"][number]) {
  return {
    text: item.title,
    note: t("mail.due", { day: longDate(item.dueOn, locale) }),
    href: `${origin}${itemPlace(slug, item.sectionId)}`,
  };
}

function reasonLines({ t }: Words, { event, reasons }: NoticeFacts, several: boolean): MailContent["reasons"] {
  const labelOf = (kind: string, severity: string, title: string | null) =>
    title === null ? t("mail.reason", { kind, severity }) : t("mail.reasonIn", { title, kind, severity });
  return reasons.map(({ kind, severity, quote, text, title: where }) => ({
    label: labelOf(
      t(`mail.kind.${kind}`),
      t(`mail.severity.${severity}`),
      several || event === "report.returned" ? where : null,
    ),
    quote: quote.length > QUOTE_LENGTH ? `${quote.slice(0, QUOTE_LENGTH)}…` : quote,
    text,
  }));
}

const QUOTE_LENGTH = 120;

function footerOf({ t, role }: Words, reader: MailReader, origin: string): string[] {
  const post = isOneOf(reader.role, ROLES) ? `${reader.organ} · ${role(reader.role)}` : reader.organ;
  return [t("mail.post", { post }), t("mail.settings", { link: `${origin}/account` }), t("mail.secret")];
}
