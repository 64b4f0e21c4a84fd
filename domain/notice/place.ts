import { NOTICE_EVENTS, type NoticeEvent, type Told } from "./events";

type Where = {
  event: NoticeEvent;
  reportSlug: string | null;
  sectionId: string | null;
  indicatorId: string | null;
  editionId: string | null;
  remarkId: string | null;
  /** The name of the step that the item came to, if the event names one. */
  step: string | null;
};

/**
 * Our own path to what a notice is about: where one acts on it, which for somebody who writes (`role`) can be another place
 * than for somebody who decides. Null when it cannot be seen from the reader's desk.
 */
export function placeOf(
  { event, reportSlug, sectionId, indicatorId, editionId, remarkId, step }: Where,
  role: string | null,
): string | null {
  if (editionId && (event.startsWith("consultation.") || event === "edition.consulted" || event === "edition.extended"))
    return `/consultations/${editionId}`;
  if (editionId) return `/editions/${editionId}`;
  if (!reportSlug) return null;
  const report = `/reports/${reportSlug}`;
  if (sectionId && remarkId) return `${report}/sections/${sectionId}?tab=remarks`;
  // What was returned to a step waits there for those who decide.
  const decides = asksToDecide(event) || (event.endsWith(".returned") && step !== null && role !== "drafter");
  if (sectionId) return decides ? `${report}/review?section=${sectionId}` : itemPlace(reportSlug, sectionId);
  if (indicatorId) return decides ? `${report}/review?row=${indicatorId}` : itemPlace(reportSlug, null);
  return /^(reminder|permit)\./.test(event) ? report : `${report}/editions`;
}

/** Where a leaf is written, or a report's table is filled in. */
export const itemPlace = (reportSlug: string, sectionId: string | null): string =>
  sectionId ? `/reports/${reportSlug}/sections/${sectionId}` : `/reports/${reportSlug}/indicators`;

/** Those who sit at the step have it before them; a withdrawn one is away again. */
function asksToDecide(event: NoticeEvent): boolean {
  const told: Told = NOTICE_EVENTS[event];
  return told.step === "instead" && !event.endsWith(".withdrawn");
}
