import { getLocale, getTranslations } from "next-intl/server";
import { AUDIT_ACTIONS, AuditFilter, listAuditEntries, type AuditLog } from "../../../../domain/audit/queries";
import { isOneOf } from "../../../../domain/kernel/roles";
import { clockTime, longDate } from "../../../../messages/dates";
import { Button, LinkButton } from "../../../../ui/button";
import { Empty } from "../../../../ui/empty";
import { Select, TextField } from "../../../../ui/field";
import { Page, PageHeader } from "../../../../ui/page";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../../ui/table";
import { readPage } from "../../../_server/read-page";
import { AuditDetail } from "./audit-detail";

type Query = Promise<Record<string, string | string[] | undefined>>;

const PATH = "/admin/audit";

export async function generateMetadata() {
  return { title: (await getTranslations("admin"))("audit") };
}

export default async function AuditPage({ searchParams }: { searchParams: Query }) {
  const [t, query] = await Promise.all([getTranslations("admin"), searchParams]);
  const filter = AuditFilter.parse(query);
  const { data: log } = await readPage(PATH, (tx, ctx) => listAuditEntries(tx, ctx, filter));
  const filtered = filter.actor !== "" || filter.action !== "";
  return (
    <Page>
      <PageHeader title={t("audit")} summary={t("auditHint")} />
      <form action={PATH} role="search" className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-48 sm:max-w-70">
          <TextField
            key={filter.actor}
            name="actor"
            type="search"
            label={t("actor")}
            defaultValue={filter.actor}
            maxLength={100}
          />
        </div>
        <div className="min-w-0 flex-1 basis-48 sm:max-w-70">
          <Select
            key={filter.action}
            name="action"
            label={t("action")}
            defaultValue={filter.action}
            empty={t("anything")}
            options={AUDIT_ACTIONS.map((action) => ({ value: action, label: t(`did.${action}`) }))}
          />
        </div>
        <Button icon="search">{t("filter")}</Button>
        {(filtered || filter.before !== undefined) && (
          <LinkButton kind="quiet" href={PATH}>
            {filtered ? t("clear") : t("newest")}
          </LinkButton>
        )}
      </form>
      {log.entries.length === 0 ? (
        <Empty title={filtered ? t("noMatch") : t("none")} />
      ) : (
        <LogTable entries={log.entries} />
      )}
      {log.older !== null && (
        <nav aria-label={t("pages")}>
          <LinkButton href={olderHref(filter, log.older)}>{t("older")}</LinkButton>
        </nav>
      )}
    </Page>
  );
}

async function LogTable({ entries }: { entries: AuditLog["entries"] }) {
  const [t, locale] = await Promise.all([getTranslations("admin"), getLocale()]);
  return (
    <Table label={t("audit")} stack>
      <TableHead>
        <HeadCell>{t("time")}</HeadCell>
        <HeadCell>{t("actor")}</HeadCell>
        <HeadCell>{t("action")}</HeadCell>
        <HeadCell>{t("subject")}</HeadCell>
        <HeadCell className="w-1/3">{t("detail")}</HeadCell>
      </TableHead>
      <TableBody>
        {entries.map((entry) => (
          <Row key={entry.id}>
            <Cell soft>
              <time dateTime={entry.at.toISOString()}>{`${longDate(entry.at, locale)} ${clockTime(entry.at)}`}</time>
            </Cell>
            <Cell>{entry.actor}</Cell>
            <Cell main>{isOneOf(entry.action, AUDIT_ACTIONS) ? t(`did.${entry.action}`) : entry.action}</Cell>
            <Cell soft>
              {isOneOf(entry.subjectType, SUBJECTS) ? t(`subjectOf.${entry.subjectType}`) : entry.subjectType}{" "}
              <code title={entry.subjectId}>{entry.subjectId.slice(0, 8)}</code>
            </Cell>
            <Cell>
              <AuditDetail subject={entry.subjectType} detail={entry.detail} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

const SUBJECTS = ["section", "report", "edition", "session", "user", "membership"] as const;

function olderHref({ actor, action }: AuditFilter, before: number): string {
  return `${PATH}?${new URLSearchParams({ ...(actor ? { actor } : {}), ...(action ? { action } : {}), before: String(before) })}`;
}
