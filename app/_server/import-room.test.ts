import { expect, test } from "vitest";
import { ImportRoom } from "./import-room";

function pending() {
  let resolve = (_: string): void => undefined;
  let reject = (_: Error): void => undefined;
  const promise = new Promise<string>((...settle) => ([resolve, reject] = settle));
  return { promise, resolve: (value: string) => resolve(value), reject: (error: Error) => reject(error) };
}

test("one person imports one document at a time, and the next after it, also after one that failed", async () => {
  const room = new ImportRoom(2);
  const first = pending();
  const underWay = room.alone("甲", () => first.promise);
  expect(await room.alone("甲", async () => "second")).toBeNull();
  expect(await room.alone("乙", async () => "another's")).toBe("another's");
  first.reject(new Error("damaged"));
  await expect(underWay).rejects.toThrow("damaged");
  expect(await room.alone("甲", async () => "third")).toBe("third");
});

test("as many are read at once as there are places, and one more as soon as one is done, also with a failure", async () => {
  const room = new ImportRoom(2);
  const [first, second] = [pending(), pending()];
  const underWay = [first, second].map(({ promise }) => room.among(() => promise));
  expect(await room.among(async () => "third")).toBeNull();
  first.reject(new Error("damaged"));
  await expect(underWay[0]).rejects.toThrow("damaged");
  expect(await room.among(async () => "fourth")).toBe("fourth");
  second.resolve("second");
  expect(await underWay[1]).toBe("second");
});
