import { getLocale, getTranslations } from "next-intl/server";
import { isBlocking, type Finding } from "../../../../../domain/check/finding";
import type { RefusalKey } from "../../../../../domain/kernel/errors";
import { earlierSteps, type RouteFacts } from "../../../../../domain/route/route";
import { loadMessages } from "../../../../../messages/load";
import type { Decision } from "./decision-bar";

type Judged = {
  title: string;
  verdict: Decision["verdict"];
  refusal: RefusalKey | null;
  returnRefusal: RefusalKey | null;
  route: RouteFacts;
  /** The findings that nobody has explained. */
  open: readonly Finding[];
  /** What the question says of it before its findings. */
  lines: readonly string[];
};

/** How a text or a row is decided on: the same words, the same question, the same declaration (统计法第二十四条). */
export async function decisionOn({ title, verdict, refusal, returnRefusal, route, open, lines }: Judged) {
  const [t, refusals, locale] = await Promise.all([getTranslations("review"), getTranslations("refusal"), getLocale()]);
  const isSigning = verdict === "sign";
  return {
    verdict,
    refusal: refusal && refusals(refusal),
    returnRefusal: returnRefusal && refusals(returnRefusal),
    returns: { steps: earlierSteps(route), words: loadMessages(locale).returns },
    confirm: {
      title: t(`confirm.${verdict}`, { title }),
      lines: [
        ...lines,
        t("confirm.findings", { count: open.length, errors: open.filter(isBlocking).length }),
        ...(isSigning ? [t("declare")] : []),
      ],
      yes: t(`confirm.yes.${verdict}`),
      no: t("confirm.no"),
      always: isSigning,
    },
    words: {
      pass: t(`act.${verdict}`),
      passing: t(`pending.${verdict}`),
      back: t("act.return"),
      returning: t("pending.return"),
      declare: isSigning ? t("declare") : "",
    },
  } satisfies Decision;
}
