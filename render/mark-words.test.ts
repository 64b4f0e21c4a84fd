import { expect, it } from "vitest";
import type { EditionMark } from "./edition-mark";
import { markAlt, markPath, markSvg, markWords } from "./mark-words";

const mark: EditionMark = {
  kind: "修改稿",
  underTitle: true,
  number: 3,
  code: "7K2QM-9XD4A",
  url: "https://huibao.example.gov.cn/verify/7K2QM-9XD4A",
  date: "2024年8月1日",
  sha256: "9f86",
  correction: { of: 2, date: "2024年8月1日", text: " 投资额更正。 " },
};

it("says which edition it is, how it is checked and what it corrects", () => {
  expect(markWords(mark)).toEqual({
    underTitle: "（修改稿）",
    head: "修改稿 第3号 2024年8月1日封存",
    lines: [
      { label: "验证码", value: mark.code },
      { label: "验证网址", value: mark.url },
      { label: "文本校验值（SHA-256）", value: "9f86" },
    ],
    correction: "更正说明（2024年8月1日）：本稿更正并代替第2号。投资额更正。",
  });
  const plain = markWords({ ...mark, underTitle: false, url: null, correction: null });
  expect(plain).toMatchObject({ underTitle: null, correction: null });
  expect(plain.lines.map(({ label }) => label)).toEqual(["验证码", "文本校验值（SHA-256）"]);
});

it("draws the code of its address, or of the code alone, in whole modules", () => {
  const { size, path } = markPath(mark);
  // The corner's ring of seven modules begins every QR code.
  expect(path.startsWith("M0 0h7v1h-7z")).toBe(true);
  const [, ...rows] = path.split("M");
  expect(rows.every((row) => /^\d+ \d+h\d+v1h-\d+z$/.test(row))).toBe(true);
  expect(Math.max(...rows.map((row) => Number(row.split(" ")[1]?.split("h")[0])))).toBe(size - 1);
  expect(markPath({ ...mark, url: null }).size).toBeLessThan(size);
  expect(markSvg(mark)).toContain(`viewBox="0 0 ${size} ${size}"`);
  expect(markAlt(mark)).toBe(`二维码：${mark.url}`);
  expect(markAlt({ ...mark, url: null })).toBe("二维码：验证码 7K2QM-9XD4A");
});
