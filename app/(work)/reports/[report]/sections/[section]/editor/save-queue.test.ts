import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Content } from "../../../../../../../domain/section/content";
import { joinTexts } from "./join-texts";
import {
  SaveQueue,
  type OpenCollision,
  type SaveAnswer,
  type SaveBody,
  type SaveState,
  type Stashed,
  type TheirText,
} from "./save-queue";

const text = (...blocks: string[]): Content => ({
  type: "doc",
  content: blocks.map((words, index) => ({
    type: "paragraph",
    attrs: { id: `block-${index + 1}` },
    content: [{ type: "text", text: words }],
  })),
});
const without = (content: Content, id: string): Content => ({
  ...content,
  content: content.content.filter((block) => block.attrs.id !== id),
});
const stale = (content: Content, version = 9): SaveAnswer => ({
  status: "conflict",
  current: { version, content, by: "商务局经办人", at: "2025-07-15T06:32:00Z" },
});

function aDesk(start = text("甲")) {
  const desk = {
    screen: start,
    composing: false,
    storageIsFull: false,
    keptHere: true,
    stash: null as Stashed | null,
    undecided: [] as OpenCollision[],
    open: [] as readonly OpenCollision[],
    states: [] as SaveState["kind"][],
    last: null as SaveState | null,
    sent: [] as SaveBody[],
    answers: [] as SaveAnswer[],
    /** What the server has for whoever looks, and how often somebody did. */
    newer: null as TheirText | null,
    looks: 0,
    /** Which of our own steps fails: making two texts one, or showing the result. */
    fault: null as "join" | "take" | null,
  };
  const queue = new SaveQueue({
    version: 3,
    base: start,
    read: () => desk.screen,
    send: async (body) => {
      desk.sent.push(body);
      return (
        desk.answers.shift() ?? {
          status: "saved",
          version: body.aside ? body.version : body.version + 1,
          savedAt: "2025-07-15T06:32:00Z",
          revision: null,
        }
      );
    },
    look: async (version) => {
      desk.looks += 1;
      return { newer: desk.newer && desk.newer.version > version ? desk.newer : null };
    },
    stash: {
      write: (stashed) => {
        if (desk.storageIsFull) return false;
        desk.stash = stashed;
        return true;
      },
      clear: () => (desk.stash = null),
    },
    join: (base, mine, theirs, sent) => {
      if (desk.fault === "join") throw new RangeError("join");
      return joinTexts("text", base, mine, theirs, sent);
    },
    take: (content) => {
      if (desk.fault === "take") throw new RangeError("take");
      desk.screen = content;
    },
    newKey: () => `key-${desk.undecided.length}`,
    undecided: {
      write: (collision) => !desk.storageIsFull && desk.undecided.push(collision) > 0,
      remove: (key) => (desk.undecided = desk.undecided.filter((one) => one.key !== key)),
    },
    onCollisions: (open) => (desk.open = open),
    onStash: (kept) => (desk.keptHere = kept),
    onState: (state) => {
      desk.last = state;
      desk.states.push(state.kind);
    },
    isComposing: () => desk.composing,
    delay: 1000,
  });
  return { desk, queue };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("typing is kept in the browser within a quarter of a second and saved after a pause, with the version it was based on", async () => {
  const { desk, queue } = aDesk();
  desk.screen = text("甲乙");
  queue.changed();
  await vi.advanceTimersByTimeAsync(150);
  desk.screen = text("甲乙丙");
  queue.changed();
  await vi.advanceTimersByTimeAsync(50);
  expect(desk.stash).toEqual({ version: 3, base: text("甲"), content: text("甲乙丙") });
  desk.screen = text("甲乙");
  queue.changed();
  await vi.advanceTimersByTimeAsync(999);
  expect(desk.sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(desk.sent).toEqual([{ version: 3, content: text("甲乙"), keep: false }]);
  expect(queue.currentVersion).toBe(4);
  expect(desk.stash).toBeNull();
  expect(desk.states.at(-1)).toBe("saved");
});

test("a page that is about to go keeps what was typed in the last moment; a saved text is not kept again", async () => {
  const { desk, queue } = aDesk();
  queue.keep();
  expect(desk.stash).toBeNull();
  desk.screen = text("甲乙");
  queue.changed();
  queue.keep();
  expect(desk.stash?.content).toEqual(text("甲乙"));
  queue.changed();
  await queue.flush();
  await vi.advanceTimersByTimeAsync(500);
  expect(desk.stash).toBeNull();
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
  expect(desk.stash).toEqual({ version: 4, base: text("甲"), content: text("甲乙丙") });
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
  queue.keep();
  expect(desk.keptHere).toBe(false);
  desk.storageIsFull = false;
  queue.changed();
  queue.keep();
  expect(desk.keptHere).toBe(true);
});

test("a stale save is merged by block and sent again by itself, and says who wrote how much", async () => {
  const { desk, queue } = aDesk(text("甲", "乙", "丙"));
  desk.screen = text("甲一", "乙", "丙");
  desk.answers = [stale(text("甲", "乙二", "丙二"))];
  queue.changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.sent).toMatchObject([{ version: 3 }, { version: 9, content: text("甲一", "乙二", "丙二") }]);
  expect(desk.screen).toEqual(text("甲一", "乙二", "丙二"));
  expect(desk.last).toMatchObject({ kind: "saved", joined: { by: "商务局经办人", blocks: 2 } });
  expect(desk.open).toEqual([]);
  expect(desk.stash).toBeNull();
  desk.screen = text("甲一", "乙二", "丙三");
  desk.answers = [stale(text("甲一", "乙四", "丙二"), 12)];
  queue.changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.screen).toEqual(text("甲一", "乙四", "丙三"));
});

test("a block that they took out goes, and one that I took out stays out; what was written in it stays", async () => {
  const { desk, queue } = aDesk(text("甲", "乙", "丙", "丁"));
  desk.screen = without(text("甲", "乙一", "丙", "丁"), "block-4");
  desk.answers = [stale(without(without(text("甲", "乙", "丙", "丁"), "block-3"), "block-2"))];
  queue.changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.screen).toEqual(text("甲", "乙一"));
  expect(desk.open).toEqual([]);
});

test("a block that both wrote waits for a choice, kept in the browser, while the rest goes on being saved", async () => {
  const { desk, queue } = aDesk(text("甲", "乙"));
  desk.screen = text("甲我", "乙我");
  desk.answers = [stale(text("甲他", "乙"))];
  queue.changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.screen).toEqual(text("甲他", "乙我"));
  expect(desk.last?.kind).toBe("saved");
  expect(desk.open).toMatchObject([
    { id: "block-1", mine: text("甲我").content[0], theirs: text("甲他").content[0], by: "商务局经办人" },
  ]);
  desk.screen = text("甲他", "乙我再");
  queue.changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.sent.at(-1)?.content).toEqual(text("甲他", "乙我再"));
  expect(desk.stash).toBeNull();
  expect(desk.undecided).toEqual(desk.open);
  queue.close(desk.undecided[0]?.key ?? "");
  expect(desk.open).toEqual([]);
  expect(desk.undecided).toEqual([]);
});

test("what was not chosen becomes a revision, and what is on the screen is the text again", async () => {
  const { desk, queue } = aDesk();
  await queue.setAside(() => text("旁"));
  expect(desk.sent).toEqual([{ version: 3, content: text("旁"), keep: true, aside: true }]);
  expect(queue.currentVersion).toBe(3);
  expect(desk.stash).toEqual({ version: 3, base: text("甲"), content: text("甲") });
  await queue.flush();
  expect(desk.sent.at(-1)).toEqual({ version: 3, content: text("甲"), keep: false });
});

test("two texts are not made one under an input method: the merge waits and takes what was composed", async () => {
  const { desk, queue } = aDesk(text("甲", "乙"));
  desk.screen = text("甲一", "乙");
  desk.answers = [stale(text("甲", "乙二"))];
  queue.changed();
  const saving = queue.flush();
  desk.composing = true;
  await vi.advanceTimersByTimeAsync(5000);
  expect(desk.screen).toEqual(text("甲一", "乙"));
  expect(desk.sent).toHaveLength(1);
  desk.screen = text("甲一农业", "乙");
  desk.composing = false;
  await vi.advanceTimersByTimeAsync(200);
  await saving;
  expect(desk.screen).toEqual(text("甲一农业", "乙二"));
  expect(desk.sent.at(-1)?.content).toEqual(text("甲一农业", "乙二"));
});

test("a save that arrived although its answer was lost is no other person's text", async () => {
  const { desk, queue } = aDesk();
  desk.screen = text("甲乙");
  desk.answers = [{ status: "offline" }, { status: "offline" }, stale(text("甲乙"), 4)];
  queue.changed();
  await vi.advanceTimersByTimeAsync(1000);
  desk.screen = text("甲乙丙");
  queue.changed();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(desk.sent.at(-1)).toMatchObject({ version: 4, content: text("甲乙丙") });
  expect(desk.open).toEqual([]);
  expect(desk.last).toMatchObject({ kind: "saved", joined: null });
});

test("of a save whose answer was lost one's own blocks stay one's own, though somebody has written beside them since", async () => {
  const { desk, queue } = aDesk(text("甲", "乙"));
  desk.screen = text("甲一", "乙", "丙");
  desk.answers = [{ status: "offline" }, stale(text("甲一", "乙他", "丙"), 5)];
  queue.changed();
  await queue.flush();
  desk.screen = text("甲一二", "乙", "丙丁");
  queue.changed();
  await queue.flush();
  expect(desk.open).toEqual([]);
  expect(desk.screen).toEqual(text("甲一二", "乙他", "丙丁"));
  expect(desk.last).toMatchObject({ kind: "saved", joined: { blocks: 1 } });
});

test("two that ask for a save at once do not overtake each other", async () => {
  const { desk, queue } = aDesk();
  queue.changed();
  await Promise.all([queue.flush(), queue.flush(true), queue.flush(true)]);
  expect(desk.sent.map((body) => body.version)).toEqual([3, 4, 5]);
});

test("a page that was left merges nothing; the browser's copy has what the next opening needs", async () => {
  const { desk, queue } = aDesk();
  desk.screen = text("甲我");
  desk.answers = [stale(text("甲他"))];
  queue.changed();
  queue.dispose();
  expect((await queue.flush()).kind).toBe("dirty");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(desk.sent).toHaveLength(1);
  expect(desk.stash).toEqual({ version: 3, base: text("甲"), content: text("甲我") });
});

const saved = (content: Content, version: number): TheirText => ({
  version,
  content,
  by: "商务局经办人",
  at: "2025-07-15T06:32:00Z",
});

test("another's text is taken in as it is heard of: nothing is sent, kept or said for it", async () => {
  const { desk, queue } = aDesk(text("甲", "乙"));
  desk.newer = saved(text("甲", "乙二"), 4);
  await queue.hear(4);
  expect(desk.screen).toEqual(text("甲", "乙二"));
  expect(queue.currentVersion).toBe(4);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([desk.sent, desk.states, desk.stash]).toEqual([[], [], null]);
});

test("the echo of one's own save is not looked into, also when it comes before the save's answer", async () => {
  const { desk, queue } = aDesk();
  queue.changed();
  const saving = queue.flush();
  const heard = queue.hear(4);
  await Promise.all([saving, heard]);
  await queue.hear(3);
  expect(queue.currentVersion).toBe(4);
  expect(desk.looks).toBe(0);
  await queue.hear("unknown");
  expect(desk.looks).toBe(1);
});

test("what is unsaved in another block stays, is kept on the new version, and is sent on it", async () => {
  const { desk, queue } = aDesk(text("甲", "乙"));
  desk.screen = text("甲一", "乙");
  queue.changed();
  desk.newer = saved(text("甲", "乙二"), 7);
  await queue.hear(7);
  expect(desk.screen).toEqual(text("甲一", "乙二"));
  expect(desk.stash).toEqual({ version: 7, base: text("甲", "乙二"), content: text("甲一", "乙二") });
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.sent).toEqual([{ version: 7, content: text("甲一", "乙二"), keep: false }]);
  expect(desk.stash).toBeNull();
});

test("a block in which one writes is not exchanged by what is heard: it waits for the save, and for the hand", async () => {
  const { desk, queue } = aDesk(text("甲", "乙"));
  desk.screen = text("甲我", "乙");
  queue.changed();
  desk.newer = saved(text("甲他", "乙"), 7);
  await queue.hear(7);
  expect(desk.screen).toEqual(text("甲我", "乙"));
  expect(desk.open).toEqual([]);
  desk.answers = [stale(text("甲他", "乙"), 7)];
  const saving = queue.flush();
  for (const words of ["甲我再", "甲我再写", "甲我再写完"]) {
    await vi.advanceTimersByTimeAsync(200);
    expect(desk.screen.content[0]).not.toEqual(text("甲他").content[0]);
    desk.screen = text(words, "乙");
    queue.changed();
  }
  await vi.advanceTimersByTimeAsync(500);
  await saving;
  expect(desk.screen).toEqual(text("甲他", "乙"));
  expect(desk.open).toMatchObject([{ mine: text("甲我再写完").content[0] }]);
});

test("what is heard of in a composition is taken in at its end", async () => {
  const { desk, queue } = aDesk(text("甲", "乙"));
  desk.composing = true;
  desk.newer = saved(text("甲", "乙二"), 4);
  const heard = queue.hear(4);
  await vi.advanceTimersByTimeAsync(5000);
  expect(desk.screen).toEqual(text("甲", "乙"));
  desk.composing = false;
  await vi.advanceTimersByTimeAsync(200);
  await heard;
  expect(desk.screen).toEqual(text("甲", "乙二"));
});

test("in company a text is saved sooner, and whoever never rests is saved all the same", async () => {
  const { desk, queue } = aDesk();
  queue.keepCompany(true);
  queue.changed();
  await vi.advanceTimersByTimeAsync(400);
  expect(desk.sent).toHaveLength(1);
  queue.keepCompany(false);
  for (let key = 0; key < 30; key += 1) {
    queue.changed();
    await vi.advanceTimersByTimeAsync(200);
  }
  expect(desk.sent.length).toBeGreaterThan(1);
});

test("typing without a network does not hammer at the server", async () => {
  const { desk, queue } = aDesk();
  desk.answers = Array.from({ length: 1000 }, (): SaveAnswer => ({ status: "offline" }));
  for (let key = 0; key < 300; key += 1) {
    queue.changed();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(desk.sent.length).toBeLessThan(10);
});

test.each(["join", "take"] as const)(
  "a fault in our own merging (%s) is told, the words stay in the browser, and the next try saves",
  async (fault) => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const { desk, queue } = aDesk(text("甲", "乙"));
    desk.fault = fault;
    desk.answers = [stale(text("甲", "乙二"))];
    desk.screen = text("甲一", "乙");
    queue.changed();
    const [one, other] = await Promise.all([queue.flush(), queue.flush()]);
    expect(one.kind).toBe("broken");
    expect(other.kind).toBe("saved");
    expect(queue.hasUnsaved).toBe(false);
    desk.answers = [stale(text("甲一", "乙二"))];
    desk.screen = text("甲一二", "乙");
    queue.changed();
    await queue.flush();
    await vi.advanceTimersByTimeAsync(250);
    expect(desk.last?.kind).toBe("broken");
    expect(desk.stash?.content).toEqual(text("甲一二", "乙"));
    desk.fault = null;
    desk.answers = [stale(text("甲一", "乙二"))];
    desk.screen = text("甲一二三", "乙");
    queue.changed();
    await vi.advanceTimersByTimeAsync(5000);
    expect(desk.last?.kind).toBe("saved");
    expect(desk.screen).toEqual(text("甲一二三", "乙二"));
  },
);

test("a fault in taking in what was heard of is told, and the next word of it is followed again", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const { desk, queue } = aDesk(text("甲", "乙"));
  desk.newer = { version: 7, content: text("甲", "乙二"), by: "商务局经办人", at: "2025-07-15T06:32:00Z" };
  desk.fault = "take";
  await queue.hear(7);
  expect(desk.last?.kind).toBe("broken");
  expect(queue.currentVersion).toBe(3);
  desk.fault = null;
  await queue.hear(7);
  expect(queue.currentVersion).toBe(7);
  expect(desk.screen).toEqual(text("甲", "乙二"));
});
