import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Content } from "../../../../../../../domain/section/content";
import { SaveQueue, type SaveAnswer, type SaveState } from "./save-queue";

const text = (words: string): Content => ({
  type: "doc",
  content: [{ type: "paragraph", attrs: { id: "block-1" }, content: [{ type: "text", text: words }] }],
});

function aDesk() {
  const desk = {
    screen: text("甲"),
    composing: false,
    storageIsFull: false,
    keptHere: true,
    stash: null as { version: number; content: Content } | null,
    states: [] as SaveState["kind"][],
    sent: [] as { version: number; content: Content; keep: boolean }[],
    answers: [] as SaveAnswer[],
  };
  const queue = new SaveQueue({
    version: 3,
    read: () => desk.screen,
    send: async (body) => {
      desk.sent.push(body);
      return (
        desk.answers.shift() ?? {
          status: "saved",
          version: body.version + 1,
          savedAt: "2025-07-15T06:32:00Z",
          revision: null,
        }
      );
    },
    stash: {
      write: (version, content) => {
        if (desk.storageIsFull) return false;
        desk.stash = { version, content };
        return true;
      },
      clear: () => (desk.stash = null),
    },
    onStash: (kept) => (desk.keptHere = kept),
    onState: (state) => desk.states.push(state.kind),
    isComposing: () => desk.composing,
    delay: 1000,
  });
  return { desk, queue };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("typing is kept in the browser at once and saved after a pause, with the version it was based on", async () => {
  const { desk, queue } = aDesk();
  desk.screen = text("甲乙");
  queue.changed();
  expect(desk.stash).toEqual({ version: 3, content: text("甲乙") });
  await vi.advanceTimersByTimeAsync(999);
  expect(desk.sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(desk.sent).toEqual([{ version: 3, content: text("甲乙"), keep: false }]);
  expect(queue.currentVersion).toBe(4);
  expect(desk.stash).toBeNull();
  expect(desk.states.at(-1)).toBe("saved");
});

test("nothing is sent while an input method is composing", async () => {
  const { desk, queue } = aDesk();
  desk.composing = true;
  queue.changed();
  await vi.advanceTimersByTimeAsync(5000);
  expect(desk.sent).toEqual([]);
  desk.composing = false;
  await vi.advanceTimersByTimeAsync(400);
  expect(desk.sent).toHaveLength(1);
});

test("what is typed during a save goes out with the next one, on the new version", async () => {
  const { desk, queue } = aDesk();
  queue.changed();
  const saving = queue.flush();
  desk.screen = text("甲乙丙");
  queue.changed();
  await saving;
  expect(desk.stash).toEqual({ version: 4, content: text("甲乙丙") });
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.sent.map((body) => body.version)).toEqual([3, 4]);
  expect(desk.stash).toBeNull();
});

test("an unreachable server is tried again until it answers, and the text stays in the browser", async () => {
  const { desk, queue } = aDesk();
  desk.answers = [{ status: "offline" }, { status: "offline" }];
  queue.changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.states.at(-1)).toBe("offline");
  expect(desk.stash).not.toBeNull();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(desk.sent).toHaveLength(3);
  expect(desk.states.at(-1)).toBe("saved");
});

test("a browser that cannot keep the copy says so, and that it can again", async () => {
  const { desk, queue } = aDesk();
  desk.storageIsFull = true;
  queue.changed();
  expect(desk.keptHere).toBe(false);
  desk.storageIsFull = false;
  queue.changed();
  expect(desk.keptHere).toBe(true);
});

test("a conflict stops saving until somebody has chosen, and then goes on from the server's version", async () => {
  const { desk, queue } = aDesk();
  desk.answers = [
    {
      status: "conflict",
      current: { version: 9, content: text("对方"), by: "商务局经办人", at: "2025-07-15T06:32:00Z" },
    },
  ];
  queue.changed();
  await vi.advanceTimersByTimeAsync(1000);
  queue.changed();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(desk.sent).toHaveLength(1);
  expect(desk.stash).not.toBeNull();
  queue.rebase(9);
  expect((await queue.flush(true)).kind).toBe("saved");
  expect(desk.sent.at(-1)).toMatchObject({ version: 9, keep: true });
});
