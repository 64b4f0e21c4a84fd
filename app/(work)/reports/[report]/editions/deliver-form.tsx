import { getTranslations } from "next-intl/server";
import { DRAFT_ORGANS, DRAFT_READERS, isDraft, READERS, READING_ORGANS } from "../../../../../domain/edition/policy";
import type { EditionsPage, SealedEdition } from "../../../../../domain/edition/queries";
import { isOneOf } from "../../../../../domain/kernel/roles";
import { addWorkingDays, localDay } from "../../../../../domain/kernel/working-days";
import { Checkbox, TextField } from "../../../../../ui/field";
import { ActForm } from "./act-form";
import { deliver } from "./actions";

/** Working days that departments usually get for their answers; the lead bureau sets another day where it must. */
const ANSWER_DAYS = 5;

/** 送交: to whom, with how many people that is, and for a 征求意见稿 until when they answer. Works without script. */
export async function DeliverForm({ edition, readers }: { edition: SealedEdition } & Pick<EditionsPage, "readers">) {
  const t = await getTranslations("edition");
  const draft = isDraft(edition.kind);
  const posts = readers.filter(
    (post) =>
      isOneOf(post.role, draft ? DRAFT_READERS : READERS) &&
      isOneOf(post.organKind, draft ? DRAFT_ORGANS : READING_ORGANS),
  );
  const people = (some: EditionsPage["readers"]) => new Set(some.map(({ userId }) => userId)).size;
  const departments = posts.filter(({ role }) => isOneOf(role, DRAFT_READERS));
  const committee = posts.filter(({ role }) => role === "clerk" || role === "member");
  const offices = [...new Set(posts.map(({ organId }) => organId))].map((id) => ({
    id,
    posts: posts.filter(({ organId }) => organId === id),
  }));
  const isFirst = edition.deliveries.length === 0;
  const id = `deliver-${edition.number}`;
  return (
    <details key={edition.deliveries.length} open={isFirst && edition.outdatedBy === null}>
      <summary className="link flex min-h-(--target) items-center">
        {isFirst ? t("deliverTitle", { number: edition.number }) : t("to.more")}
      </summary>
      <p className="mb-3 text-ink-soft">{t("deliverHint")}</p>
      <ActForm action={deliver} values={{ editionId: edition.id }} label={t("deliverAct")} pending={t("pending")}>
        <fieldset>
          <legend className="font-semibold">{t("to.title")}</legend>
          {!draft && (
            <Checkbox
              id={`${id}-committee`}
              name="to.committee.group"
              value="committee"
              label={t("to.committee", { people: people(committee) })}
              defaultChecked={isFirst}
            />
          )}
          <Checkbox
            id={`${id}-departments`}
            name="to.departments.group"
            value="departments"
            label={t("to.departments", {
              offices: new Set(departments.map(({ organId }) => organId)).size,
              people: people(departments),
            })}
            defaultChecked={isFirst && draft}
          />
          <details>
            <summary className="link flex min-h-(--target) items-center">{t("to.roles")}</summary>
            <div className="grid gap-x-6 border-y border-line-soft sm:grid-cols-2">
              {(draft ? DRAFT_READERS : READERS).map((role) => (
                <Checkbox
                  key={role}
                  id={`${id}-${role}`}
                  name={`to.${role}.role`}
                  value={role}
                  label={
                    <>
                      {t(`given.role.${role}`)}
                      {t("to.people", { people: people(posts.filter((post) => post.role === role)) })}
                    </>
                  }
                />
              ))}
            </div>
          </details>
          <details>
            <summary className="link flex min-h-(--target) items-center">{t("to.offices")}</summary>
            <div className="grid max-h-80 gap-x-6 overflow-y-auto border-y border-line-soft sm:grid-cols-2 lg:grid-cols-3">
              {offices.map((office) => (
                <Checkbox
                  key={office.id}
                  id={`${id}-${office.id}`}
                  name={`to.${office.id}.organId`}
                  value={office.id}
                  label={
                    <>
                      <span lang="zh-CN">{office.posts[0]?.organ}</span>
                      {t("to.people", { people: people(office.posts) })}
                    </>
                  }
                />
              ))}
            </div>
          </details>
          <details>
            <summary className="link flex min-h-(--target) items-center">{t("to.posts")}</summary>
            <div className="my-2 max-w-120">
              <TextField
                id={`${id}-person`}
                name="person"
                label={t("to.person")}
                hint={t("to.personHint")}
                list={`${id}-posts`}
                autoComplete="off"
                maxLength={200}
              />
              <datalist id={`${id}-posts`}>
                {posts.map((post) => (
                  <option key={post.id} value={post.label}>
                    {post.initials}
                  </option>
                ))}
              </datalist>
            </div>
            <div className="grid max-h-80 gap-x-6 overflow-y-auto border-y border-line-soft sm:grid-cols-2 lg:grid-cols-3">
              {posts.map((post) => (
                <Checkbox
                  key={post.id}
                  id={`${id}-${post.id}`}
                  name={`to.${post.id}.membershipId`}
                  value={post.id}
                  label={<span lang="zh-CN">{post.label}</span>}
                />
              ))}
            </div>
          </details>
        </fieldset>
        {edition.kind === "consultation" && (
          <div className="max-w-60">
            <TextField
              id={`${id}-answer`}
              name="answerBy"
              type="date"
              label={t("to.answerBy")}
              defaultValue={addWorkingDays(localDay(new Date()), ANSWER_DAYS)}
              required
            />
          </div>
        )}
      </ActForm>
    </details>
  );
}
