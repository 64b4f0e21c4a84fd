import Link from "next/link";
import { useTranslations } from "next-intl";
import type { BoardFilter, BoardShow } from "../../../../domain/report/board";
import { Button } from "../../../../ui/button";
import { Select } from "../../../../ui/field";

type Props = {
  slug: string;
  filter: BoardFilter;
  shows: readonly { show: BoardShow; label: string }[];
  offices: readonly { id: string; name: string }[];
  statuses: readonly { value: string; label: string }[];
};

/** What the board shows: whose move, which department, which state. Plain links and a plain form. */
export function BoardFilterBar({ slug, filter, shows, offices, statuses }: Props) {
  const t = useTranslations("timetable");
  const report = useTranslations("report");
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
      <nav aria-label={report("filter.label")} className="flex flex-wrap gap-1">
        {shows.map(({ show, label }) => (
          <Link
            key={show}
            href={boardHref(slug, { ...filter, show, page: 1 })}
            prefetch={false}
            aria-current={show === filter.show ? "true" : undefined}
            className="inline-flex min-h-(--target) items-center rounded px-2.5 text-ink-soft hover:text-ink aria-[current]:bg-indigo-tint aria-[current]:text-indigo"
          >
            {label}
          </Link>
        ))}
      </nav>
      <form action={`/reports/${slug}`} role="search" className="flex flex-wrap items-end gap-2 sm:ml-auto">
        {filter.show !== "all" && <input type="hidden" name="show" value={filter.show} />}
        <div className="w-40">
          <Select
            key={filter.organId ?? ""}
            name="organ"
            label={<span className="sr-only">{t("board.organ")}</span>}
            empty={t("board.allOrgans")}
            defaultValue={filter.organId ?? ""}
            options={offices.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </div>
        <div className="w-36">
          <Select
            key={filter.status ?? ""}
            name="status"
            label={<span className="sr-only">{t("board.status")}</span>}
            empty={t("board.allStatuses")}
            defaultValue={filter.status ?? ""}
            options={[...statuses]}
          />
        </div>
        <Button>{t("board.apply")}</Button>
      </form>
    </div>
  );
}

/** The board's address with a filter in it, as short as it can be. */
export function boardHref(slug: string, { show, organId, status, page }: BoardFilter): string {
  const asked = new URLSearchParams({
    ...(show === "all" ? {} : { show }),
    ...(organId === null ? {} : { organ: organId }),
    ...(status === null ? {} : { status }),
    ...(page > 1 ? { page: String(page) } : {}),
  }).toString();
  return asked === "" ? `/reports/${slug}` : `/reports/${slug}?${asked}`;
}
