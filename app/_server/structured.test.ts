import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { structured } from "./structured";

const read = (fields: Record<string, string>) => structured(Object.entries(fields));

describe("a form's fields", () => {
  afterEach(() => void vi.restoreAllMocks());

  it("become rows by their list and number, empty reasons fall away", () => {
    const schema = z.object({
      version: z.coerce.number(),
      reasons: z.array(z.object({ blockId: z.string(), text: z.string() })),
    });
    const fields = {
      version: "2",
      "reasons.a.blockId": "b1",
      "reasons.a.text": "数\0字不对",
      "reasons.b.blockId": "b2",
    };
    expect(schema.parse(read(fields))).toEqual({ version: 2, reasons: [{ blockId: "b1", text: "数字不对" }] });
  });

  it("are laid into their row without making it anew for each of them", () => {
    const fields = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`steps.0.m${index}`, "x"]));
    const kept = vi.spyOn(Map.prototype, "set");
    const spread = vi.spyOn(Object, "assign");
    const result = read(fields);
    const calls = kept.mock.calls.length + spread.mock.calls.length;
    vi.restoreAllMocks();
    expect(Object.keys((result["steps"] as object[])[0] ?? {})).toHaveLength(5_000);
    expect(calls).toBeLessThan(10);
  });

  it("cannot change what all objects have in common by a name", () => {
    const result = read({
      "__proto__.0.polluted": "1",
      "steps.0.__proto__": "2",
      "steps.0.name": "签发",
      __proto__x: "3",
    });
    const own = read({ ["__proto__"]: "4" });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(Object.getPrototypeOf(result)).toBeNull();
    expect(Object.keys(own)).toEqual(["__proto__"]);
    const [step] = result["steps"] as Record<string, string>[];
    expect(Object.getPrototypeOf(step)).toBeNull();
    expect(z.object({ name: z.string() }).parse(step)).toEqual({ name: "签发" });
  });
});
