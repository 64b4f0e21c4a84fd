import type { FillCell } from "../../../../../../domain/indicator/schema";
import type { SendAnswer } from "./save-queue";

/** Puts cells of one report; every way it can end has a name, and none throws. */
export async function sendCells(reportSlug: string, cells: FillCell[]): Promise<SendAnswer> {
  let response: Response;
  try {
    response = await fetch(`/api/reports/${encodeURIComponent(reportSlug)}/figures`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ cells }),
      signal: AbortSignal.timeout(20_000),
    });
  } catch {
    return { status: "offline" };
  }
  const answer = (await response.json().catch(() => ({}))) as Partial<Answer>;
  switch (response.status) {
    case 200:
      return { status: "saved", saved: answer.saved ?? [], conflicts: answer.conflicts ?? [] };
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

type Answer = Pick<Extract<SendAnswer, { status: "saved" }>, "saved" | "conflicts"> & {
  outage: string;
  reference: string;
};
