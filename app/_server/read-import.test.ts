import { expect, test, vi } from "vitest";
import type { Context } from "../../domain/kernel/context";
import { withImport } from "./read-import";

vi.mock("server-only", () => ({}));
vi.mock("./context", () => ({}));

const by = (userId: string) => ({ actor: { userId } }) as Context;

function aRequest(bytes: string): Request {
  const body = new FormData();
  body.set("file", new File([bytes], "报告.txt"));
  return new Request("http://localhost/api/new-report", { method: "POST", body });
}

/** An import whose work goes on until it is told to end; `begun` once the file has been read. */
function anImport(who: string) {
  let end = (): void => undefined;
  let begin = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const answer = withImport(aRequest("一、情况\n\n平稳。"), by(who), async () => {
    begin();
    await ended;
    return Response.json({});
  });
  return { answer, begun, end };
}

const isBusy = async (answer: Response): Promise<boolean> =>
  answer.status === 503 && JSON.stringify(await answer.json()) === `{"key":"refused-busy"}`;
const done = async (): Promise<Response> => Response.json({});

test("a person's second import and a third at once are asked to wait, and may come when one is done or was refused", async () => {
  const first = anImport("甲");
  await first.begun;
  const again = aRequest("平稳。");
  expect(await isBusy(await withImport(again, by("甲"), done))).toBe(true);
  expect(again.bodyUsed).toBe(false);
  expect((await withImport(aRequest(""), by("乙"), done)).status).toBe(422);
  const second = anImport("乙");
  await second.begun;
  expect(await isBusy(await withImport(aRequest("平稳。"), by("丙"), done))).toBe(true);
  second.end();
  expect((await second.answer).status).toBe(200);
  expect((await withImport(aRequest("平稳。"), by("丙"), done)).status).toBe(200);
  first.end();
  expect((await first.answer).status).toBe(200);
  const broken = aRequest("平稳。");
  await expect(withImport(broken, by("甲"), () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect((await withImport(aRequest("平稳。"), by("甲"), done)).status).toBe(200);
});
