import { describe, expect, it } from "vitest";
import { Chosen, PassBatch } from "./batch-schema";
import { askedAs, askedFrom, QueueAsked } from "./queue-asked";

const ORGAN = "0b0e4a52-6f9a-4a39-9a2e-0d1c2b3a4f5e";

describe("what the queue may be asked", () => {
  it("reads back what it writes into an address", () => {
    const asked = QueueAsked.parse({
      report: "xiangcheng-2025-h1",
      organ: ORGAN,
      kind: "row",
      late: "1",
      changed: "1",
      page: "3",
    });
    expect(askedFrom(askedAs(asked), {})).toEqual(asked);
    expect(askedAs({})).toBe("");
    expect(askedAs({ page: 1 })).toBe("");
  });

  it("takes nonsense, lists and hostile words for nothing asked", () => {
    const nonsense = {
      report: "../x",
      organ: "1' or '1'='1",
      kind: "all",
      late: ["1", "1"],
      changed: "yes",
      page: "-1",
    };
    expect(askedAs(QueueAsked.parse(nonsense))).toBe("");
    expect(askedFrom("report=%00&page=1e99", {})).toEqual({});
  });

  it("is everything of its kind in the report when nothing was written", () => {
    expect(askedFrom(undefined, { report: "a", kind: "leaf" })).toEqual({ report: "a", kind: "leaf" });
    expect(askedFrom("", { report: "a", kind: "leaf" })).toEqual({});
  });
});

describe("what a batch is made of", () => {
  it("knows a chosen item by its kind and id", () => {
    expect(Chosen.parse(`leaf.${ORGAN}`)).toEqual({ kind: "leaf", id: ORGAN });
    for (const wrong of ["leaf", `whole.${ORGAN}`, "row.1", `row.${ORGAN}x`])
      expect(Chosen.safeParse(wrong).success).toBe(false);
  });

  it("is neither empty nor more than one looks over", () => {
    const item = { kind: "leaf", id: ORGAN, version: "3", verb: "pass" };
    expect(PassBatch.safeParse({ items: [] }).success).toBe(false);
    expect(PassBatch.safeParse({ items: Array.from({ length: 51 }, () => item) }).success).toBe(false);
    expect(PassBatch.parse({ items: [item] }).items[0]?.version).toBe(3);
  });
});
