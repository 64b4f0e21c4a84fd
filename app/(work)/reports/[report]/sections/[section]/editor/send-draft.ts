import { putJson } from "../../../../../../put-json";
import type { LookAnswer, SaveAnswer, SaveBody, TheirText } from "./save-queue";

const PATIENCE_MS = 20_000;

/** Puts the working copy; every way it can end has a name, and none throws. */
export async function sendDraft(sectionId: string, body: SaveBody): Promise<SaveAnswer> {
  const put = await putJson<SaveAnswer>(pathOf(sectionId), body);
  return put.status === "answered" ? (put.answer as SaveAnswer) : put;
}

/** The working copy, if it is newer than this version. Null without an answer, whatever the cause. */
export async function lookAtDraft(sectionId: string, version: number): Promise<LookAnswer> {
  try {
    const response = await fetch(`${pathOf(sectionId)}?after=${version}`, {
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.status === 204) return { newer: null };
    return response.ok ? { newer: (await response.json()) as TheirText } : null;
  } catch {
    return null;
  }
}

const pathOf = (sectionId: string): string => `/api/sections/${sectionId}/draft`;
