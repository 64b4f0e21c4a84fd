import type { FillCell } from "../../../../../../domain/indicator/schema";
import { putJson } from "../../../../../put-json";
import type { SendAnswer } from "./save-queue";

/** Puts cells of one report; every way it can end has a name, and none throws. */
export async function sendCells(reportSlug: string, cells: FillCell[]): Promise<SendAnswer> {
  const put = await putJson<Answer>(`/api/reports/${encodeURIComponent(reportSlug)}/figures`, { cells });
  if (put.status !== "answered") return put;
  return { status: "saved", saved: put.answer.saved ?? [], conflicts: put.answer.conflicts ?? [] };
}

type Answer = Pick<Extract<SendAnswer, { status: "saved" }>, "saved" | "conflicts">;
