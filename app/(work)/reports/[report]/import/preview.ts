import type { FigureField } from "../../../../../domain/indicator/figure";
import type { Piece } from "../../../../../domain/import/report-plan";
import type { ReportPreview } from "../../../../../domain/import/report-preview";
import type { SectionKind } from "../../../../../domain/section/workflow";
import type { Messages } from "../../../../../messages/load";
import { fill } from "../../../../fill";
import type { ImportFileWords } from "../../../import-file-words";

/** What the server answers to a file: everything but the texts as they would be with figures. */
export type Preview = Omit<ReportPreview, "pieces"> & {
  file: string;
  pieces: ShownPiece[];
  /** The leaves that nobody has written in. */
  untouched: string[];
};
export type ShownPiece = Omit<Piece, "bound">;

/** A node of the report's outline. `isOpen`: it is with its department, which may have written in it or not. */
export type OutlineRow = {
  id: string;
  kind: SectionKind;
  label: string;
  organ: string;
  isOpen: boolean;
  isHeading: boolean;
  depth: number;
};
export type ImportWords = Messages["import"]["report"] & {
  file: ImportFileWords;
  field: Partial<Record<FigureField, string>>;
};

/** Why a text goes nowhere although the outline has a place for it: its leaf is written already. Null where it has none. */
export function whyLeft(
  { leaves, untouched }: Preview,
  outline: readonly OutlineRow[],
  words: ImportWords,
): (piece: ShownPiece) => string | null {
  const open = new Set(untouched);
  const meant = new Map(leaves.map(({ leaf, imported }) => [imported, outline.find(({ id }) => id === leaf)]));
  return ({ key }) => {
    const row = meant.get(key);
    if (!row || open.has(row.id)) return null;
    return fill(words.leftWhy, { section: row.label, why: row.isOpen ? words.written : words.movedOn });
  };
}
