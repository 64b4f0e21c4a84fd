import { getLocale, getTranslations } from "next-intl/server";
import type { Delivered } from "../../../../../domain/edition/queries";
import { longDate } from "../../../../../messages/dates";

/** To whom an edition went, one line for each act of delivering. */
export async function DeliveredTo({ deliveries }: { deliveries: readonly Delivered[] }) {
  const [t, admin, locale] = await Promise.all([
    getTranslations("edition.given"),
    getTranslations("admin"),
    getLocale(),
  ]);
  if (deliveries.length === 0) return null;
  const nameOf = ({ role, organ, post }: Delivered): string =>
    role === null ? (organ ?? post ?? t("postGone")) : t(`role.${role}`);
  const acts = new Map<number, Delivered[]>();
  for (const one of deliveries) acts.set(one.at.getTime(), [...(acts.get(one.at.getTime()) ?? []), one]);
  return (
    <ul className="text-sm">
      {[...acts.values()].map(([first, ...others]) => {
        if (!first) return null;
        const names = [first, ...others].map(nameOf).join(admin("listMark"));
        return (
          <li key={first.id}>
            {t("line", { at: longDate(first.at, locale), by: first.by, names })}
            {first.answerBy && (
              <span className="text-ink-soft"> · {t("answerBy", { day: longDate(first.answerBy, locale) })}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
