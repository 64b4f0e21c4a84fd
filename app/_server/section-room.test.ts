import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveHub } from "./live-hub";
import { SectionRooms, SILENCE_MS, topicOf, type Neighbour } from "./section-room";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const SECTION = "0b6f3c52-1111-4111-8111-000000000001";
const [ONE, TWO] = ["0b6f3c52-1111-4111-8111-00000000000a", "0b6f3c52-1111-4111-8111-00000000000b"];

/** Web processes that hear each other through one database. */
function aCity(processes: number) {
  const ears: ((payload: string) => void)[] = [];
  const returns: (() => void)[] = [];
  const tell = (signal: object) => {
    const payload = JSON.stringify(signal);
    for (const hear of ears) hear(payload);
  };
  const webs = Array.from({ length: processes }, () => {
    const hub = new LiveHub((heard, listening) => {
      ears.push(heard);
      returns.push(listening);
      listening();
    });
    return { hub, rooms: new SectionRooms(hub, tell) };
  });
  const says = (user: string, window: string, block: string | null = null, edits = true) =>
    tell({ topic: topicOf(SECTION), kind: "here", data: { user, window, by: `${window}的人`, edits, block } });
  const leaves = (user: string, window: string) =>
    tell({ topic: topicOf(SECTION), kind: "left", data: { user, window } });
  return { webs, tell, says, leaves, returns };
}

async function aPage(web: ReturnType<typeof aCity>["webs"][number] | undefined, user: string, window: string) {
  const heard: string[] = [];
  let others: Neighbour[] = [];
  const room = web?.rooms.enter(SECTION, {
    user,
    window,
    send: (event, data) => {
      heard.push(event);
      if (event === "people") ({ others } = data as { others: Neighbour[] });
    },
    lookAgain: () => heard.push("look"),
  });
  await room?.ready;
  await Promise.resolve();
  return { heard, leave: () => room?.leave(), others: () => others.map(({ key, own, block }) => [key, own, block]) };
}

test("each page is told of every other, in whichever process, and of its own person's other windows as such", async () => {
  const { webs, says, leaves } = aCity(2);
  const one = await aPage(webs[0], ONE, "windowone");
  says(ONE, "windowone", "block-1");
  const two = await aPage(webs[1], TWO, "windowtwo");
  // Whoever comes later learns of those who were there, though they have said nothing since.
  expect(two.others()).toEqual([["windowone", false, "block-1"]]);
  says(TWO, "windowtwo");
  expect(one.others()).toEqual([["windowtwo", false, null]]);
  const again = await aPage(webs[1], ONE, "windowten");
  says(ONE, "windowten", "block-2");
  expect(one.others()).toEqual([
    ["windowtwo", false, null],
    ["windowten", true, "block-2"],
  ]);
  leaves(ONE, "windowten");
  again.leave();
  expect(one.others()).toEqual([["windowtwo", false, null]]);
});

test("whoever is silent for long is gone, and one who repeats it redraws nothing", async () => {
  const { webs, says } = aCity(1);
  const one = await aPage(webs[0], ONE, "windowone");
  says(TWO, "windowtwo", "block-1");
  const told = one.heard.length;
  await vi.advanceTimersByTimeAsync(SILENCE_MS - 5_000);
  says(TWO, "windowtwo", "block-1");
  expect(one.heard).toHaveLength(told);
  await vi.advanceTimersByTimeAsync(SILENCE_MS - 1_000);
  expect(one.others()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(one.others()).toEqual([]);
});

test("a text that was saved is told to all pages of the section; a gap makes all of them look again", async () => {
  const { webs, tell, returns } = aCity(2);
  const pages = [await aPage(webs[0], ONE, "windowone"), await aPage(webs[1], TWO, "windowtwo")];
  tell({ topic: topicOf(SECTION), kind: "draft", data: { version: 4, by: "商务局经办人" } });
  tell({ topic: topicOf("0b6f3c52-1111-4111-8111-000000000002"), kind: "draft", data: { version: 9, by: "" } });
  for (const page of pages) expect(page.heard.filter((event) => event === "draft")).toHaveLength(1);
  for (const again of returns) again();
  for (const page of pages) expect(page.heard.filter((event) => event === "look")).toHaveLength(1);
});

test("one person with many windows, and many persons, are counted up to a bound; nonsense is nobody", async () => {
  const { webs, says, tell } = aCity(1);
  const one = await aPage(webs[0], ONE, "windowone");
  for (let window = 0; window < 50; window += 1) says(TWO, `windowof2x${window}`);
  expect(one.others()).toHaveLength(4);
  for (let person = 10; person < 99; person += 1) says(TWO.replace(/..$/, String(person)), "windowother");
  expect(one.others()).toHaveLength(24);
  const before = one.others();
  for (const data of [
    {},
    { user: "x", window: "windowone" },
    { user: TWO, window: "a b", by: "", edits: true, block: null },
  ])
    tell({ topic: topicOf(SECTION), kind: "here", data });
  expect(one.others()).toEqual(before);
});

test("a room that everybody has left is forgotten, with its timer", async () => {
  const { webs } = aCity(1);
  const pages = [await aPage(webs[0], ONE, "windowone"), await aPage(webs[0], TWO, "windowtwo")];
  expect(webs[0]?.rooms.size).toBe(1);
  for (const page of pages) page.leave();
  expect(webs[0]?.rooms.size).toBe(0);
  expect(webs[0]?.hub.topicCount).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});
