import { expect, it } from "vitest";
import { matchesIn } from "./matches";

const LOOSE = { matchWidth: false, matchCase: false };

it.each([
  ["共1,234.5亿元", "1，234.5", LOOSE, [[1, 8]]],
  ["共１，２３４亿元", "1,234", LOOSE, [[1, 6]]],
  [
    "Ｇｄｐ、GDP",
    "gdp",
    LOOSE,
    [
      [0, 3],
      [4, 7],
    ],
  ],
  ["Ｇｄｐ、GDP", "GDP", { matchWidth: true, matchCase: false }, [[4, 7]]],
  ["gdp、GDP", "GDP", { matchWidth: false, matchCase: true }, [[4, 7]]],
  ["甲　乙", "甲 乙", LOOSE, [[0, 3]]],
  ["甲　乙", "甲 乙", { matchWidth: true, matchCase: false }, []],
  ["a.b a+b", ".", LOOSE, [[1, 2]]],
  ["(增长)[.*]$^\\", "[.*]$^\\", LOOSE, [[4, 11]]],
  [
    "投投投资投资",
    "投资",
    LOOSE,
    [
      [2, 4],
      [4, 6],
    ],
  ],
  [
    "aaaa",
    "aa",
    LOOSE,
    [
      [0, 2],
      [2, 4],
    ],
  ],
  ["İstanbul ıI", "i", LOOSE, [[10, 11]]],
  ["投资", "", LOOSE, []],
  ["", "投资", LOOSE, []],
] as const)("%j holds %j (%j) at %j", (text, query, how, found) => {
  expect(matchesIn(text, { query, ...how }).map(({ from, to }) => [from, to])).toEqual(found);
});
