import type { Content } from "../../../../../../../domain/section/content";
import type { SaveAnswer } from "./save-queue";

/** Puts the working copy; every way it can end has a name, and none throws. */
export async function sendDraft(
  sectionId: string,
  body: { version: number; content: Content; keep: boolean },
): Promise<SaveAnswer> {
  let response: Response;
  try {
    response = await fetch(`/api/sections/${sectionId}/draft`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
  } catch {
    return { status: "offline" };
  }
  const answer = (await response.json().catch(() => ({}))) as Partial<{ reference: string; outage: string }>;
  switch (response.status) {
    case 200:
    case 409:
      return answer as SaveAnswer;
    case 401:
      return { status: "signed-out" };
    case 403:
    case 404:
      return { status: "not-open" };
    case 400:
    case 413:
      return { status: "invalid" };
    case 502:
    case 503:
    case 504:
      return { status: answer.outage === "disk-full" ? "full" : "offline" };
    default:
      return { status: "broken", reference: answer.reference ?? String(response.status) };
  }
}
