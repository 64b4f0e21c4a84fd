import { expect, test } from "vitest";
import { markOf, printedDay, type MarkedEdition } from "./mark";
import { codeOf, printedCode, readCode, sealHash, type Seal } from "./seal";

const seal: Seal = {
  schema: "huibao.seal/1",
  report: "2024-h1",
  jurisdiction: "芗城区",
  number: 1,
  kind: "meeting",
  name: "2024年上半年报告",
  document: "a".repeat(64),
  record: "b".repeat(64),
  previous: null,
  supersedes: null,
  notice: null,
  exception: null,
  origin: null,
  sealedBy: "发改局综合股",
  sealedAt: "2024-08-01T01:00:00.000Z",
};

test("the code is the first fifty bits of the seal's hash, without letters that look like digits", () => {
  expect(codeOf("0".repeat(64))).toBe("0000000000");
  expect(codeOf("f".repeat(64))).toBe("ZZZZZZZZZZ");
  // 0x12345678 9abcd >> 2 in groups of five bits.
  expect(codeOf(`123456789abcd${"0".repeat(51)}`)).toBe("28T5CY4TQK");
  expect(codeOf(sealHash(seal))).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
});

test("every word of a seal counts", () => {
  const changed: Partial<Seal>[] = [
    { number: 2 },
    { kind: "public" },
    { document: "c".repeat(64) },
    { record: "c".repeat(64) },
    { previous: "c".repeat(64) },
    { supersedes: 1 },
    { notice: "更正。" },
    { exception: "先行送交。" },
    { origin: "https://huibao.example" },
    { sealedAt: "2024-08-01T01:00:00.001Z" },
  ];
  const hashes = new Set([seal, ...changed.map((one) => ({ ...seal, ...one }))].map(sealHash));
  expect(hashes.size).toBe(changed.length + 1);
});

test.each([
  ["7K2QM9XD4A", "7K2QM9XD4A"],
  ["7K2QM-9XD4A", "7K2QM9XD4A"],
  [" 7k2qm 9xd4a ", "7K2QM9XD4A"],
  ["７Ｋ２ＱＭ－９ＸＤ４Ａ", "7K2QM9XD4A"],
  ["OoIiLl0011", "0011110011"],
  ["7K2QM–9XD4A", "7K2QM9XD4A"],
  ["7K2QM9XD4", null],
  ["7K2QM9XD4AB", null],
  ["7K2QM9XD4U", null],
  ["", null],
  ["%00", null],
])("%j is read as %j", (typed, code) => {
  expect(readCode(typed)).toBe(code);
});

const edition: MarkedEdition = {
  kind: "consultation",
  number: 3,
  code: "7K2QM9XD4A",
  origin: "https://huibao.example",
  sealedAt: new Date("2024-07-31T16:30:00Z"),
  sha256: "a".repeat(64),
  supersedes: null,
  notice: null,
};

test("an edition says its kind, number and day in China, and where its code is verified", () => {
  expect(markOf(edition)).toEqual({
    kind: "征求意见稿",
    underTitle: true,
    number: 3,
    code: "7K2QM-9XD4A",
    url: "https://huibao.example/verify/7K2QM-9XD4A",
    date: "2024年8月1日",
    sha256: "a".repeat(64),
    correction: null,
  });
  expect(readCode(printedCode(edition.code))).toBe(edition.code);
  expect(markOf({ ...edition, kind: "meeting", origin: null })).toMatchObject({ underTitle: false, url: null });
});

test("a correction says what it corrects and why, dated by its own sealing", () => {
  const corrected = markOf({ ...edition, kind: "revised", supersedes: 2, notice: "第二段的比例应为40%。" });
  expect(corrected).toMatchObject({
    kind: "修改稿",
    correction: { of: 2, date: "2024年8月1日", text: "第二段的比例应为40%。" },
  });
});

test("the printed day has no leading zeros and is China's", () => {
  expect(printedDay(new Date("2024-12-31T15:59:59Z"))).toBe("2024年12月31日");
  expect(printedDay(new Date("2024-12-31T16:00:00Z"))).toBe("2025年1月1日");
});
