import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { mayAdminister } from "../../../../domain/user/policy";
import { listPeople, PEOPLE_PER_PAGE, type People } from "../../../../domain/user/queries";
import { Button, LinkButton } from "../../../../ui/button";
import { Empty } from "../../../../ui/empty";
import { TextField } from "../../../../ui/field";
import { Page, PageHeader } from "../../../../ui/page";
import { Status } from "../../../../ui/status";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../../ui/table";
import { readPage } from "../../../_server/read-page";
import { CreateAccountForm } from "./create-account";

type Query = Promise<{ q?: string | string[]; page?: string | string[] }>;

const PATH = "/admin/people";

export async function generateMetadata() {
  return { title: (await getTranslations("admin"))("people") };
}

export default async function PeoplePage({ searchParams }: { searchParams: Query }) {
  const [t, query] = await Promise.all([getTranslations("admin"), searchParams]);
  const q = (typeof query.q === "string" ? query.q : "").replaceAll("\0", "").trim().slice(0, 60);
  const page = typeof query.page === "string" && /^[1-9]\d{0,4}$/.test(query.page) ? Number(query.page) : 1;
  const { ctx, data } = await readPage(PATH, (tx, asker) => listPeople(tx, asker, { q, page }));
  return (
    <Page>
      <PageHeader title={t("people")} summary={t("peopleHint")} />
      {mayAdminister("manageAccounts", ctx.actor) && <CreateAccount />}
      <form action={PATH} role="search" className="flex flex-wrap items-end gap-2">
        <div className="min-w-0 flex-1 basis-60 sm:max-w-90">
          <TextField
            key={q}
            name="q"
            type="search"
            label={t("search")}
            hint={t("searchHint")}
            defaultValue={q}
            maxLength={60}
          />
        </div>
        <div className="mb-6 flex gap-2">
          <Button icon="search">{t("search")}</Button>
          {q !== "" && (
            <LinkButton kind="quiet" href={PATH}>
              {t("clear")}
            </LinkButton>
          )}
        </div>
      </form>
      {data.people.length === 0 ? (
        <Empty title={t("nobody")} action={<LinkButton href={PATH}>{t("clear")}</LinkButton>}>
          {t("nobodyHint")}
        </Empty>
      ) : (
        <>
          <p className="text-ink-soft">
            {q === "" ? t("total", { count: data.total }) : t("found", { count: data.total })}
          </p>
          <PeopleTable people={data.people} />
          <Paging q={q} page={page} pages={Math.ceil(data.total / PEOPLE_PER_PAGE)} />
        </>
      )}
    </Page>
  );
}

async function CreateAccount() {
  const t = await getTranslations("admin");
  return (
    <details className="border border-line bg-white px-4">
      <summary className="link flex min-h-12 items-center">{t("create")}</summary>
      <p className="mb-4 text-ink-soft">{t("createHint")}</p>
      <CreateAccountForm
        words={{
          login: t("login"),
          loginHint: t("loginHint"),
          name: t("name"),
          nameHint: t("nameHint"),
          password: t("initialPassword"),
          rule: t("passwordRule"),
          submit: t("create"),
          pending: t("pending"),
          done: t("created"),
        }}
      />
    </details>
  );
}

async function PeopleTable({ people }: { people: People["people"] }) {
  const [t, role] = await Promise.all([getTranslations("admin"), getTranslations("role")]);
  return (
    <Table label={t("people")} stack>
      <TableHead>
        <HeadCell>{t("name")}</HeadCell>
        <HeadCell>{t("login")}</HeadCell>
        <HeadCell className="w-2/5">{t("posts")}</HeadCell>
        <HeadCell>{t("state")}</HeadCell>
      </TableHead>
      <TableBody>
        {people.map((person) => (
          <Row key={person.id}>
            <Cell main>
              <Link href={`${PATH}/${person.id}`} prefetch={false} className="link">
                {person.name}
              </Link>
            </Cell>
            <Cell soft>{person.login}</Cell>
            <Cell>
              {person.posts.length === 0 ? (
                <span className="text-ink-soft">{t("noPosts")}</span>
              ) : (
                person.posts.map((post) => `${post.organ} · ${role(post.role)}`).join(t("listMark"))
              )}
            </Cell>
            <Cell>
              <span className="flex flex-wrap gap-x-3">
                {person.disabledAt ? (
                  <Status tone="overdue" icon="lock">
                    {t("disabled")}
                  </Status>
                ) : (
                  <Status tone="approved">{t("active")}</Status>
                )}
                {person.signedIn > 0 && (
                  <span className="text-ink-soft">{t("signedIn", { count: person.signedIn })}</span>
                )}
              </span>
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

async function Paging({ q, page, pages }: { q: string; page: number; pages: number }) {
  const t = await getTranslations("admin");
  if (pages <= 1) return null;
  const href = (to: number) => `${PATH}?${new URLSearchParams({ ...(q ? { q } : {}), page: String(to) })}`;
  return (
    <nav aria-label={t("pages")} className="flex flex-wrap items-center gap-3">
      {page > 1 && (
        <LinkButton icon="chevron-left" href={href(page - 1)}>
          {t("previous")}
        </LinkButton>
      )}
      <span className="text-ink-soft">{t("page", { page, pages })}</span>
      {page < pages && <LinkButton href={href(page + 1)}>{t("next")}</LinkButton>}
    </nav>
  );
}
