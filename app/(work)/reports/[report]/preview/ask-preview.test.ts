import { afterEach, describe, expect, it, vi } from "vitest";
import { askPreview } from "./ask-preview";

afterEach(() => vi.unstubAllGlobals());

/** The server answers one after the other; what is left over is given back. */
function answering(...answers: { status: number; body: unknown }[]) {
  const fetched = vi.fn<() => Promise<Response>>(async () => {
    const answer = answers.shift();
    if (!answer) throw new TypeError("not reached");
    return typeof answer.body === "string"
      ? new Response(answer.body, { status: answer.status })
      : Response.json(answer.body, { status: answer.status });
  });
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

const ask = () => askPreview("r", new AbortController().signal);
const ASKED = { status: 202, body: { id: "1", status: "queued" } };

describe("asking for the pages of a report", () => {
  it("waits until they are made", async () => {
    const pages = [{ sha256: "a", wide: false }];
    answering(ASKED, { status: 200, body: { status: "running" } }, { status: 200, body: { status: "done", pages } });
    expect(await ask()).toEqual({ state: "done", pages });
  });

  it.each([
    ["a session that has ended", { status: 401, body: { key: "signed-out" } }, { state: "signed-out" }],
    ["a report that was recalled", { status: 404, body: { key: "not-found", params: {} } }, { state: "not-yours" }],
    [
      "too many files",
      { status: 403, body: { key: "exports-full", params: { count: 10 } } },
      { state: "full", count: 10 },
    ],
    ["an empty report", { status: 403, body: { key: "nothing-to-export" } }, { state: "empty" }],
    ["a database that is away", { status: 503, body: { outage: "away" } }, { state: "away" }],
    ["a proxy's page", { status: 502, body: "<html>" }, { state: "away" }],
  ])("tells %s from the others, at asking and while it waits", async (_, refusal, expected) => {
    answering(refusal);
    expect(await ask()).toEqual(expected);
    answering(ASKED, refusal);
    expect(await ask()).toEqual(expected);
  });

  it("takes a line that is cut for one that may come back", async () => {
    answering();
    expect(await ask()).toEqual({ state: "away" });
  });
});
