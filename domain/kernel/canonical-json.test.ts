import { describe, expect, it } from "vitest";
import { canonicalJson, sha256Hex } from "./canonical-json";

describe("canonical JSON", () => {
  it("is the same text whatever order the keys came in", () => {
    expect(canonicalJson({ b: 1, a: { d: [1, 2], c: null } })).toBe('{"a":{"c":null,"d":[1,2]},"b":1}');
    expect(canonicalJson({ a: { c: null, d: [1, 2] }, b: 1 })).toBe(canonicalJson({ b: 1, a: { d: [1, 2], c: null } }));
  });

  it("keeps the order of lists", () => {
    expect(canonicalJson([3, 1, 2])).toBe("[3,1,2]");
  });

  it("sorts keys as the example in RFC 8785 section 3.2.3 does", () => {
    const value = { "€": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u{1f600}": 5, "\u0080": 6, ö: 7 };
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"\u{1f600}":5,"\ufb33":3}');
  });

  it("writes numbers and strings as RFC 8785 section 3.2.2 does", () => {
    expect(canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
      "[333333333.3333333,1e+30,4.5,0.002,1e-27,0]",
    );
    expect(canonicalJson("€$\u000f\nA'B\"\\/")).toBe('"€$\\u000f\\nA\'B\\"\\\\/"');
  });

  it("leaves out what is undefined, as JSON does", () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it.each([
    ["NaN", Number.NaN],
    ["infinity", Number.POSITIVE_INFINITY],
    ["a bigint", 1n],
    ["undefined", undefined],
    ["undefined in a list", [undefined]],
    ["a date", new Date(0)],
    ["a map", new Map()],
    ["half of a surrogate pair", "\ud83d"],
  ])("refuses %s", (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it("refuses a value that contains itself, but not one that occurs twice", () => {
    const loop: Record<string, unknown> = {};
    loop["loop"] = loop;
    expect(() => canonicalJson(loop)).toThrow("contains itself");
    const twice = { a: 1 };
    expect(canonicalJson([twice, twice])).toBe('[{"a":1},{"a":1}]');
  });
});

describe("SHA-256", () => {
  it("hashes the UTF-8 bytes", () => {
    expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(sha256Hex("中")).not.toBe(sha256Hex("国"));
    expect(sha256Hex("汇报")).toMatch(/^[0-9a-f]{64}$/);
  });
});
