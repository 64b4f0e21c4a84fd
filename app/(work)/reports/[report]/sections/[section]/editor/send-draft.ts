import type { Content } from "../../../../../../../domain/section/content";
import { putJson } from "../../../../../../put-json";
import type { SaveAnswer } from "./save-queue";

/** Puts the working copy; every way it can end has a name, and none throws. */
export async function sendDraft(
  sectionId: string,
  body: { version: number; content: Content; keep: boolean },
): Promise<SaveAnswer> {
  const put = await putJson<SaveAnswer>(`/api/sections/${sectionId}/draft`, body);
  return put.status === "answered" ? (put.answer as SaveAnswer) : put;
}
