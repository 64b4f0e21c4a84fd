import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { Role } from "../../domain/kernel/roles";
import { cutShort } from "../../domain/notice/cut-short";
import { noticeKey } from "../../domain/notice/events";
import { nameList } from "../../domain/notice/name-list";
import { placeOf } from "../../domain/notice/place";
import type { Notice } from "../../domain/notice/queries";
import { dateTime, shortDate } from "../../messages/dates";
import { Status } from "../../ui/status";

/** What happened, newest first; each line leads to where one acts on it. */
export function NoticeList({ notices, role }: { notices: readonly Notice[]; role: Role }) {
  const t = useTranslations("notice");
  const locale = useLocale();
  return (
    <ul className="border border-line bg-white">
      {notices.map((notice) => {
        const { items } = notice;
        const text = t(noticeKey(notice.event), {
          by: notice.by,
          title: notice.title ?? "",
          report: notice.reportName ?? "",
          step: notice.step ?? t("nextStep"),
          count: items.length,
          names: nameList(
            items.map(({ title }) => title),
            t("listMark"),
            (said) => t("more", said),
          ),
          reason: notice.reason ?? "",
          number: notice.editionNumber ?? 0,
          notice: cutShort(notice.editionNotice ?? ""),
          due: shortDate(notice.answerBy ?? items[0]?.dueOn ?? notice.at, locale),
        });
        const href = placeOf(notice, role);
        return (
          <li
            key={notice.id}
            className="flex flex-wrap items-center justify-between gap-x-6 border-b border-line-soft px-4 py-2 last:border-b-0"
          >
            <span className="flex min-w-0 flex-1 basis-80 flex-wrap items-center gap-x-3">
              {href ? (
                <Link href={href} prefetch={false} className="link inline-flex min-h-(--target) items-center">
                  {text}
                </Link>
              ) : (
                <span>{text}</span>
              )}
              {notice.readAt === null && (
                <Status tone="submitted" icon="circle">
                  {t("list.unread")}
                </Status>
              )}
            </span>
            <time className="text-sm text-ink-soft" dateTime={notice.at.toISOString()}>
              {dateTime(notice.at, locale)}
            </time>
          </li>
        );
      })}
    </ul>
  );
}
