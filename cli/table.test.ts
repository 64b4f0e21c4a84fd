import { describe, expect, it } from "vitest";
import { alignColumns, widthOf } from "./table";

describe("a table in the terminal", () => {
  it("counts a Chinese character as two columns, an ASCII one as one, a combining mark as none", () => {
    expect(widthOf("发改局")).toBe(6);
    expect(widthOf("（ab）")).toBe(6);
    expect(widthOf("𠮷")).toBe(2);
    expect(widthOf("e\u0301")).toBe(1);
  });

  it("aligns office names of different length with their sign-in names", () => {
    expect(
      alignColumns([
        ["农业农村局", "经办人", "nyj"],
        ["发改局", "lead", "fgj"],
        ["a", "b", "c"],
      ]),
    ).toEqual(["农业农村局  经办人  nyj", "发改局      lead    fgj", "a           b       c"]);
  });
});
