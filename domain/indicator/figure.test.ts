import { describe, expect, it } from "vitest";
import { sameFigure, type Figure } from "./figure";

describe("two figures say the same", () => {
  const FIGURES: (Figure | null)[] = [
    { state: "number", digits: "51.4" },
    { state: "number", digits: "51.40" },
    { state: "estimate", digits: "51.4" },
    { state: "not-applicable" },
    { state: "pending" },
    { state: "words", words: "/" },
    { state: "words", words: "51.4" },
    null,
  ];

  it("only to the letter: not in another precision, not as an estimate, not in words that print alike", () => {
    for (const [nth, one] of FIGURES.entries()) {
      for (const [other, another] of FIGURES.entries()) {
        expect(sameFigure(one, another && { ...another }), `${nth} and ${other}`).toBe(nth === other);
      }
    }
  });

  it("when neither is there", () => {
    expect(sameFigure(null, undefined)).toBe(true);
  });
});
