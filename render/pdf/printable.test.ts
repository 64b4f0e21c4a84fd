import { expect, it } from "vitest";
import { describeCharacter, printable } from "./printable";

it("prints a text without what is made to be invisible, and plain spaces for thin ones", () => {
  expect(printable("甲\u200b\ufeff乙\u2009丙")).toBe("甲乙 丙");
  expect(printable("一级主任科员\u3000林\u00a0某")).toBe("一级主任科员\u3000林\u00a0某");
});

it("describes a character by its code, with itself when it can be seen", () => {
  expect(describeCharacter("😀")).toBe("😀 U+1F600");
  expect(describeCharacter("\u0007")).toBe("U+0007");
});
