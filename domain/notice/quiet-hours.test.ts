import { describe, expect, test } from "vitest";
import { notBefore } from "./quiet-hours";

const at = (local: string) => new Date(`${local}+08:00`);

describe("quiet hours in Beijing time", () => {
  test.each([
    ["none are set", null, "2026-07-15T23:30:00", "2026-07-15T23:30:00"],
    ["it is day", { from: "22:00", until: "07:00" }, "2026-07-15T12:00:00", "2026-07-15T12:00:00"],
    [
      "before midnight: until next morning",
      { from: "22:00", until: "07:00" },
      "2026-07-15T23:30:00",
      "2026-07-16T07:00:00",
    ],
    [
      "after midnight: until the same morning",
      { from: "22:00", until: "07:00" },
      "2026-07-16T00:00:00",
      "2026-07-16T07:00:00",
    ],
    ["they begin this minute", { from: "22:00", until: "07:00" }, "2026-07-15T22:00:00", "2026-07-16T07:00:00"],
    ["they end this minute", { from: "22:00", until: "07:00" }, "2026-07-16T07:00:00", "2026-07-16T07:00:00"],
    ["within one day", { from: "12:00:00", until: "14:30:00" }, "2026-07-15T13:59:30", "2026-07-15T14:30:00"],
    ["at the turn of the year", { from: "20:00", until: "08:00" }, "2026-12-31T23:59:59", "2027-01-01T08:00:00"],
    ["of no length", { from: "08:00", until: "08:00" }, "2026-07-15T08:00:00", "2026-07-15T08:00:00"],
  ])("%s", (_, quiet, now, expected) => {
    expect(notBefore(at(now), quiet)).toEqual(at(expected));
  });
});
