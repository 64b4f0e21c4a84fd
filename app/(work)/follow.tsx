import { getTranslations } from "next-intl/server";
import { LiveRefresh } from "../../ui/live-refresh";
import { askedAt } from "../_server/asked-at";

type Props = { report?: string; claims?: boolean; exports?: boolean; shown?: number };

/**
 * What keeps a page in step with what others do: a report's pages by its slug, the reader's `exports`, their own work else.
 * `claims`: whether it shows who has a text in hand; `shown`: the version of the one item that is decided on there.
 */
export async function Follow({ report, claims = false, exports = false, shown }: Props) {
  const t = await getTranslations("app.live");
  return (
    <LiveRefresh
      path={
        exports
          ? "/api/live?exports=1"
          : report === undefined
            ? "/api/live"
            : `/api/live?report=${encodeURIComponent(report)}`
      }
      events={claims ? ["moved", "claimed"] : ["moved"]}
      since={askedAt()}
      shown={shown ?? null}
      words={{ changed: t("changed"), updated: t("updated"), waiting: t("waiting"), now: t("now") }}
    />
  );
}
