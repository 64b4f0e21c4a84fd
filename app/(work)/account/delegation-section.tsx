import { getLocale, getTranslations } from "next-intl/server";
import type { Delegations } from "../../../domain/route/delegations";
import { longDate, today } from "../../../messages/dates";
import { DelegateForm, GivenPosts } from "./delegation-forms";

const DAY_MS = 86_400_000;
const USUAL_DAYS = 7;

/** 代办: to whom one's present post is given, and the form for giving it. */
export async function DelegationSection({ delegations, now }: { delegations: Delegations; now: Date }) {
  const [t, locale] = await Promise.all([getTranslations("route.delegation"), getLocale()]);
  const { refusal, colleagues, given } = delegations;
  if (refusal === "not-your-role") return null;
  return (
    <section aria-labelledby="delegation" className="flex flex-col gap-3 border border-line bg-white px-4 py-4">
      <div>
        <h2 id="delegation" className="font-semibold">
          {t("title")}
        </h2>
        <p className="text-ink-soft">{refusal ? t("ofAnother") : colleagues.length > 0 ? t("hint") : t("nobody")}</p>
      </div>
      <GivenPosts
        given={given.map(({ id, name, startsAt, endsAt }) => ({
          id,
          line: t("givenTo", {
            name,
            from: longDate(startsAt, locale),
            until: longDate(new Date(endsAt.getTime() - 1), locale),
          }),
          state: t(startsAt > now ? "later" : "now"),
          label: `${t("end")}：${name}`,
        }))}
        words={{ end: t("end"), ending: t("ending"), ended: t("ended") }}
      />
      {refusal === null && colleagues.length > 0 && (
        <DelegateForm
          colleagues={colleagues.map(({ userId, name }) => ({ value: userId, label: name }))}
          days={{ from: today(now), until: today(new Date(now.getTime() + USUAL_DAYS * DAY_MS)) }}
          words={{
            who: t("who"),
            choose: t("choose"),
            from: t("from"),
            until: t("until"),
            submit: t("submit"),
            pending: t("pending"),
            done: t("done"),
          }}
        />
      )}
    </section>
  );
}
