import type { Actor } from "../../domain/kernel/actor";
import { linesOf } from "../../domain/remark/anchor";
import { answerRefusal } from "../../domain/review/policy";
import { placeOfReason, type GivenReason } from "../../domain/review/reasons";
import { maySeeDraft } from "../../domain/section/policy";
import type { SectionPage } from "../../domain/section/queries";
import { loadMessages, type Locale } from "../../messages/load";
import { shownReasons, type ReasonShown } from "./reason-shown";
import type { ReasonsProps } from "./reasons-tab";

type Shown = Pick<SectionPage, "organId" | "jurisdictionId" | "reportStatus" | "status" | "text">;

/** The checklist beside a leaf's text: what it was returned for and has not gone up again with. Null with nothing. */
export function reasonsProps(
  actor: Actor,
  section: Shown,
  found: readonly GivenReason[],
  locale: Locale,
): ReasonsProps | null {
  const open = found.filter(({ isOpen }) => isOpen);
  if (open.length === 0) return null;
  const isAtAuthor = section.status === "drafting" || section.status === "returned";
  const isOwn = maySeeDraft(actor, section);
  const lines = section.text.is === "hidden" ? null : linesOf(section.text.content);
  const places = open.flatMap(({ id, target }) =>
    lines && target.is === "text" ? [[id, placeOfReason(target, lines).standing] as const] : [],
  );
  return {
    // The words of a text as its department keeps it are for the department: its editor looks for them.
    reasons: shownReasons(open, locale).map((reason) => (isOwn ? reason : { ...reason, target: withoutText(reason) })),
    mayAnswer: answerRefusal(actor, { ...section, isAtAuthor, isOpen: true }) === null,
    places: Object.fromEntries(places),
    words: loadMessages(locale).returns,
  };
}

const withoutText = ({ target }: ReasonShown): ReasonShown["target"] =>
  target.is === "text" ? { ...target, blockText: "", range: null } : target;
