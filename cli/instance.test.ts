import { describe, expect, it } from "vitest";
import { judgeInstance } from "./instance";

const record = { pid: 4711, mark: "88120", address: "http://localhost:3000", parts: [{ pid: 4712, mark: "88300" }] };
const text = JSON.stringify(record);

describe("a pid file", () => {
  it("of a process that lives names a running instance and its address", () => {
    expect(judgeInstance(text, () => "88120")).toEqual({ state: "running", record });
  });

  it("is stale when the process is gone, or when its number was given to another one", () => {
    expect(judgeInstance(text, () => undefined)).toEqual({ state: "stale", record });
    expect(judgeInstance(text, () => "99001")).toEqual({ state: "stale", record });
  });

  it("is stale when it is empty, cut short or something else altogether", () => {
    for (const damaged of ["", "4711", text.slice(0, 20), "[]", '{"pid":4711,"mark":"88120","parts":[1]}']) {
      expect(judgeInstance(damaged, () => "88120")).toEqual({ state: "stale", record: undefined });
    }
  });

  it("that is not there means that nothing runs", () => {
    expect(judgeInstance(undefined, () => "88120")).toEqual({ state: "none" });
  });
});
