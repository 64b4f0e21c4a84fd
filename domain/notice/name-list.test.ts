import { expect, test } from "vitest";
import { nameList } from "./name-list";

test("three titles are named, and of more than three how many there are", () => {
  const list = (titles: string[]) =>
    nameList(titles, "、", ({ names, count, rest }) => `${names}等 ${count} 项（另 ${rest} 项）`);
  expect(list([])).toBe("");
  expect(list(["甲", "乙", "丙"])).toBe("甲、乙、丙");
  expect(list(["甲", "乙", "丙", "丁", "戊"])).toBe("甲、乙、丙等 5 项（另 2 项）");
});
