import { expect, test } from "vitest";
import { LiveHub, type Signal } from "./live-hub";

function aHub() {
  const line = { heard: (_: string) => {}, listening: () => {}, opened: 0 };
  const hub = new LiveHub((heard, listening) => {
    line.opened += 1;
    line.heard = heard;
    line.listening = listening;
  });
  const tell = (topic: string, kind = "draft") => line.heard(JSON.stringify({ topic, kind, data: {} }));
  return { hub, line, tell };
}

function aReader() {
  const heard: string[] = [];
  let looks = 0;
  const reader = {
    hear: ({ topic, kind }: Signal) => void heard.push(`${topic} ${kind}`),
    lookAgain: () => (looks += 1),
  };
  return { reader, heard, looks: () => looks };
}

test("one connection listens for all, and each hears what it has asked about, until it leaves", () => {
  const { hub, line, tell } = aHub();
  const [one, two] = [aReader(), aReader()];
  const left = hub.subscribe("section:1", one.reader);
  hub.subscribe("section:2", two.reader);
  expect(line.opened).toBe(1);
  tell("section:1");
  tell("section:2", "moved");
  tell("section:3");
  left.leave();
  tell("section:1");
  expect(one.heard).toEqual(["section:1 draft"]);
  expect(two.heard).toEqual(["section:2 moved"]);
  expect(hub.topicCount).toBe(1);
});

test("a reader may begin once the database listens, and all look again when it listens again", async () => {
  const { hub, line } = aHub();
  const one = aReader();
  const { ready } = hub.subscribe("section:1", one.reader);
  let isReady = false;
  void ready.then(() => (isReady = true));
  await Promise.resolve();
  expect(isReady).toBe(false);
  line.listening();
  await ready;
  expect(one.looks()).toBe(0);
  line.listening();
  expect(one.looks()).toBe(1);
});

test("what is no signal of ours is not heard, and one that leaves while it hears disturbs nobody", () => {
  const { hub, line, tell } = aHub();
  const two = aReader();
  const entered: { leave: () => void } = hub.subscribe("section:1", {
    hear: () => entered.leave(),
    lookAgain: () => {},
  });
  hub.subscribe("section:1", two.reader);
  for (const payload of ["", "{", "null", "[]", '{"topic":"section:1"}', '{"topic":"section:1","kind":"","data":{}}'])
    line.heard(payload);
  tell("section:1");
  expect(two.heard).toEqual(["section:1 draft"]);
});

test("of a page that was read before anybody listened it is known whether it may have missed something", () => {
  let now = 1_000_000;
  const line = { heard: (_: string) => {}, listening: () => {} };
  const hub = new LiveHub(
    (heard, listening) => Object.assign(line, { heard, listening }),
    () => now,
  );
  const tell = (topic: string) => line.heard(JSON.stringify({ topic, kind: "moved", data: {} }));
  expect(hub.mayHaveMoved(["report:1"], now), "nobody listens yet").toBe(true);
  hub.subscribe("report:2", aReader().reader);
  line.listening();
  expect(hub.mayHaveMoved(["report:1"], now - 1), "read before it listened").toBe(true);
  expect(hub.mayHaveMoved(["report:1"], now)).toBe(false);
  now += 500;
  // Heard although nobody here follows it.
  tell("report:1");
  expect(hub.mayHaveMoved(["report:3", "report:1"], now - 1)).toBe(true);
  expect(hub.mayHaveMoved(["report:1"], now + 1)).toBe(false);
  expect(hub.mayHaveMoved(["report:3"], now - 1)).toBe(false);
  now += 200_000;
  expect(hub.mayHaveMoved(["report:3"], now - 150_000), "too long ago to know").toBe(true);
  tell("report:2");
  expect(hub.mayHaveMoved(["report:1"], now - 100_000), "forgotten, not missed").toBe(false);
  // The connection was away: what was read before it came back may have missed anything.
  now += 10;
  line.listening();
  expect(hub.mayHaveMoved(["report:3"], now - 1)).toBe(true);
});
