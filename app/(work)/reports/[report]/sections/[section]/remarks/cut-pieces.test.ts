import { expect, it } from "vitest";
import type { Piece } from "../../../../../../../domain/section/recognise";
import { cutPieces, type RangeMark } from "./cut-pieces";

const piece = (text: string, plan: Partial<Piece> = {}): Piece => ({
  text,
  lead: false,
  binding: null,
  mention: null,
  ...plan,
});
const mark = (id: string, from: number, to: number): RangeMark => ({
  id,
  from,
  to,
  replacement: null,
  sign: id,
  label: id,
});

/** As "words[remarks over them]{remarks that end there}". */
const shown = (pieces: Piece[], marks: RangeMark[]) =>
  cutPieces(pieces, marks)
    .map(({ piece: one, over, ends }) => {
      const ids = (of: RangeMark[]) => of.map(({ id }) => id).join("");
      return `${one?.text ?? ""}${over.length ? `[${ids(over)}]` : ""}${ends.length ? `{${ids(ends)}}` : ""}`;
    })
    .join("|");

it.each([
  ["without remarks", [], "农业|产值"],
  ["where a remark begins and ends", [mark("a", 1, 3)], "农|业[a]|产[a]{a}|值"],
  ["where two overlap", [mark("a", 0, 2), mark("b", 1, 4)], "农[a]|业[ab]{a}|产值[b]{b}"],
  ["where something is to be put in", [mark("a", 2, 2), mark("b", 0, 0)], "{b}|农业{a}|产值"],
  ["where one ends at the end", [mark("a", 4, 4)], "农业|产值{a}"],
])("a paragraph %s", (_, marks, expected) => {
  expect(shown([piece("农业"), piece("产值", { lead: true })], marks)).toBe(expected);
});

it("does not cut what a bound figure says, and keeps one that says nothing yet", () => {
  const binding = { type: "count", attrs: { id: "node-0001", form: "total", text: "13项", wording: null } } as const;
  const figure = piece("13项", { binding: binding as unknown as NonNullable<Piece["binding"]> });
  expect(shown([piece("共"), figure, piece("。")], [mark("a", 0, 3)])).toBe("共[a]|13项[a]{a}|。");
  expect(cutPieces([{ ...figure, text: "" }], [mark("a", 0, 0)]).map((one) => one.piece?.text)).toEqual([
    undefined,
    "",
  ]);
});
