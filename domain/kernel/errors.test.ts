import { describe, expect, it } from "vitest";
import { DomainError, outage, REFUSALS } from "./errors";

describe("a refusal", () => {
  it("carries its key and what the sentence needs, and is an error like any other", () => {
    const refusal = new DomainError("slug-taken", { slug: "2024-h1" });
    expect(refusal).toBeInstanceOf(Error);
    expect({ ...refusal }).toMatchObject({ name: "DomainError", key: "slug-taken", params: { slug: "2024-h1" } });
    expect(refusal.message).toBe("slug-taken");
  });

  it("has a key of its own for every reason", () => {
    expect(new Set(REFUSALS).size).toBe(REFUSALS.length);
  });
});

describe("a database that is away", () => {
  it.each([
    ["nobody listens", withCode("ECONNREFUSED"), "database-away"],
    ["the administrator shut it down", withCode("57P01"), "database-away"],
    ["there are too many connections", withCode("53300"), "database-away"],
    [
      "wrapped by the query builder",
      new Error("Failed query", { cause: withCode("CONNECTION_CLOSED") }),
      "database-away",
    ],
    ["the disk of the database is full", withCode("53100"), "disk-full"],
    ["our own disk is full", new Error("Failed query", { cause: withCode("ENOSPC") }), "disk-full"],
    ["a unique constraint spoke", withCode("23505"), null],
    ["a refusal", new DomainError("not-found"), null],
    ["a plain defect", new TypeError("undefined is not a function"), null],
    ["something that is no error", "ECONNREFUSED", null],
  ] as const)("is told from a defect: %s", (_, error, kind) => {
    expect(outage(error)).toBe(kind);
  });

  it("is found at the bottom of a short chain, and an endless one ends", () => {
    const loop = new Error("loop");
    loop.cause = loop;
    expect(outage(loop)).toBeNull();
    const deep = [1, 2, 3].reduce<Error>((cause) => new Error("wrapped", { cause }), withCode("ECONNRESET"));
    expect(outage(deep)).toBe("database-away");
  });
});

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code });
}
