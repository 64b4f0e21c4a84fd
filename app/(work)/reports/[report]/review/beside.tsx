import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Neighbours } from "../../../../../domain/review/queue";
import { DueDate } from "../../../due-date";
import { reviewPath } from "./where";

type Props = { queue: Neighbours; current: string; from: string | undefined; day: string };

/** What stands around the item in hand in the queue it was opened from. */
export function Beside({ queue, current, from, day }: Props) {
  const t = useTranslations("review");
  const title = t("queue", { count: queue.found });
  return (
    <nav aria-label={title} className="border-t border-line">
      <div className="flex items-center justify-between gap-3 px-4.5 pt-1">
        <h2 className="font-semibold">{title}</h2>
        <Link
          href={from ? `/review?${from}` : "/review"}
          prefetch={false}
          className="link inline-flex min-h-(--target) items-center"
        >
          {t("toQueue")}
        </Link>
      </div>
      <ul>
        {queue.beside.map((item) => (
          <li key={item.id} className="border-b border-line-soft">
            <Link
              href={reviewPath(item, from)}
              prefetch={false}
              aria-current={item.id === current ? "true" : undefined}
              className="flex items-center justify-between gap-3 px-4.5 py-2 hover:bg-row aria-[current]:bg-indigo-tint"
            >
              <span>
                {item.name}
                <span className="block text-sm text-ink-soft">{item.organ}</span>
              </span>
              <DueDate dueOn={item.due} day={day} closed={false} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
