import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EventStream } from "./event-stream";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const goesOn = () => Promise.resolve(true);

async function read(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<string | null> {
  const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
  return done ? null : new TextDecoder().decode(value);
}

test("an event arrives as it is sent, by its name, and nothing may hold it back on the way", async () => {
  const stream = new EventStream();
  stream.send("state", { version: 3 });
  const response = stream.response(new AbortController().signal, goesOn);
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  expect(response.headers.get("cache-control")).toContain("no-transform");
  expect(response.headers.get("connection"), "a kept connection keeps a stopping web alive").toBe("close");
  const reader = response.body?.getReader();
  expect(await read(reader)).toBe("retry: 2000\n\n");
  expect(await read(reader)).toBe('event: state\ndata: {"version":3}\n\n');
  const next = read(reader);
  stream.send("draft", { version: 4 });
  expect(await next).toBe('event: draft\ndata: {"version":4}\n\n');
});

test("a reader that is slow gets the latest of each name: no more than that is kept for it", async () => {
  const stream = new EventStream();
  const reader = stream.response(new AbortController().signal, goesOn).body?.getReader();
  for (let version = 1; version <= 1000; version += 1) stream.send("draft", { version });
  stream.send("moved", { version: 7 });
  const got: (string | null)[] = [];
  for (let count = 0; count < 3; count += 1) got.push(await read(reader));
  expect(got).toEqual([
    "retry: 2000\n\n",
    'event: draft\ndata: {"version":1000}\n\n',
    'event: moved\ndata: {"version":7}\n\n',
  ]);
});

test("a beat keeps a quiet stream open, and a reader that takes nothing for a minute is let go", async () => {
  const stream = new EventStream();
  let ended = 0;
  stream.onEnd(() => (ended += 1));
  const reader = stream.response(new AbortController().signal, goesOn).body?.getReader();
  await read(reader);
  const beat = read(reader);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await beat).toBe(":\n\n");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ended).toBe(0);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(ended).toBe(1);
});

test("it ends when the page goes, and when it may not go on any more; a database that is away ends nothing", async () => {
  const page = new AbortController();
  const gone = new EventStream();
  const ends: string[] = [];
  gone.onEnd(() => ends.push("gone"));
  gone.response(page.signal, goesOn);
  page.abort();
  expect(ends).toEqual(["gone"]);
  gone.end();
  gone.send("draft", {});
  gone.onEnd(() => ends.push("late"));
  expect(ends).toEqual(["gone", "late"]);

  const watched = new EventStream();
  watched.onEnd(() => ends.push("watched"));
  let answer = () => Promise.reject<boolean>(Object.assign(new Error("away"), { code: "CONNECT_TIMEOUT" }));
  const reader = watched.response(new AbortController().signal, () => answer()).body?.getReader();
  const takes = (async () => {
    while ((await read(reader)) !== null);
  })();
  await vi.advanceTimersByTimeAsync(150_000);
  expect(ends).not.toContain("watched");
  answer = () => Promise.resolve(false);
  await vi.advanceTimersByTimeAsync(75_000);
  await takes;
  expect(ends).toContain("watched");
  expect(vi.getTimerCount()).toBe(0);
});
