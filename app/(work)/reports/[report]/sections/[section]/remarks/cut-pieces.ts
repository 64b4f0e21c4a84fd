import type { Piece } from "../../../../../../../domain/section/recognise";

/** A range of a paragraph that an open remark stands on. With a replacement the range is to be struck out for it. */
export type RangeMark = {
  id: string;
  from: number;
  to: number;
  replacement: string | null;
  /** The small sign at its end: 批2. */
  sign: string;
  label: string;
};

/** A stretch of a paragraph under the same remarks; `ends` are those that end right behind it. */
export type MarkedPiece = { piece: Piece | null; over: RangeMark[]; ends: RangeMark[] };

/** The pieces of a paragraph, cut where remarks begin and end. What a bound figure says is not cut. */
export function cutPieces(pieces: readonly Piece[], marks: readonly RangeMark[]): MarkedPiece[] {
  if (marks.length === 0) return pieces.map((piece) => ({ piece, over: NONE, ends: NONE }));
  const atStart = marks.filter((mark) => mark.to === 0);
  const cut: MarkedPiece[] = atStart.length > 0 ? [{ piece: null, over: NONE, ends: atStart }] : [];
  let start = 0;
  for (const piece of pieces) {
    const end = start + piece.text.length;
    const inner = piece.binding ? [] : marks.flatMap(({ from, to }) => [from, to]);
    const places = [...new Set([start, end, ...inner.filter((at) => start < at && at < end)])].sort((a, b) => a - b);
    if (places.length === 1) cut.push({ piece, over: NONE, ends: NONE });
    for (const [index, to] of places.slice(1).entries()) {
      const from = places[index] ?? start;
      cut.push({
        piece: { ...piece, text: piece.text.slice(from - start, to - start) },
        over: marks.filter((mark) => mark.from < to && from < mark.to),
        // An end within a figure's words is told behind them.
        ends: marks.filter((mark) => from < mark.to && mark.to <= to),
      });
    }
    start = end;
  }
  return cut;
}

const NONE: RangeMark[] = [];
