import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { QueueLine } from "../../../domain/review/queue";
import { loadMessages } from "../../../messages/load";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../ui/table";
import { DueDate } from "../due-date";
import { QueueKeys } from "./queue-keys";

type Line = QueueLine & { href: string; claimed: string | null };
type Props = { lines: readonly Line[]; day: string; from: string; most: number };

/** One page of the queue; the chosen ones go on to the page that says exactly what they are. Works without script. */
export function QueueTable({ lines, day, from, most }: Props) {
  const t = useTranslations("review.list");
  const words = loadMessages(useLocale()).review.list;
  const canChoose = lines.length > 1;
  return (
    <form action="/review/batch" className="flex flex-col gap-3">
      <input type="hidden" name="from" value={from} />
      <QueueKeys words={words} canChoose={canChoose}>
        <Table label={t("title")} stack>
          <TableHead>
            <HeadCell className="w-2/5">{t("col.item")}</HeadCell>
            <HeadCell>{t("col.organ")}</HeadCell>
            <HeadCell>{t("col.step")}</HeadCell>
            <HeadCell>{t("col.seen")}</HeadCell>
            <HeadCell align="right">{t("col.due")}</HeadCell>
            <HeadCell align="right">{canChoose && t("col.choose")}</HeadCell>
          </TableHead>
          <TableBody>
            {lines.map((line) => (
              <Row key={line.id}>
                <Cell main>
                  <Link
                    href={line.href}
                    prefetch={false}
                    data-line
                    className="link inline-flex min-h-(--target) items-center"
                  >
                    {line.name}
                  </Link>
                  <span className="block text-sm text-ink-soft">
                    {t(`kindOf.${line.kind}`)} · {line.reportName}
                  </span>
                  {line.claimed && (
                    <span className="mt-0.5 flex items-center gap-1 text-sm text-ink-soft">
                      <Icon name="user" />
                      {line.claimed}
                    </span>
                  )}
                </Cell>
                <Cell soft>{line.organ}</Cell>
                <Cell soft>{line.step}</Cell>
                <Cell soft>{seenWords(line, t)}</Cell>
                <Cell align="right">
                  <DueDate dueOn={line.due} day={day} closed={false} />
                </Cell>
                <Cell align="right">
                  {canChoose && (
                    <label className="inline-flex size-(--target) cursor-pointer items-center justify-center">
                      <input
                        type="checkbox"
                        name="item"
                        value={`${line.kind}.${line.id}`}
                        aria-label={t("choose", { name: line.name })}
                        className="size-4 accent-indigo"
                      />
                    </label>
                  )}
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      </QueueKeys>
      {canChoose && (
        <div className="sticky bottom-0 z-10 flex flex-wrap items-center justify-end gap-3 border border-line bg-white px-4 py-3">
          <span className="text-sm text-ink-soft">{t("batchHint", { most })}</span>
          <Button kind="primary" data-batch>
            {t("batch")}
          </Button>
        </div>
      )}
    </form>
  );
}

function seenWords({ kind, seen }: QueueLine, t: ReturnType<typeof useTranslations<"review.list">>): string {
  if (seen.is !== "changed") return t(seen.is);
  if (seen.count === null) return t("changedUnknown");
  return seen.count === 0 ? t("same") : t(kind === "leaf" ? "changedLeaf" : "changedRow", { count: seen.count });
}
