import type { FigureSource } from "../../db/schema";
import type { Figure } from "./figure";

/** A cell's columns as the database keeps them. */
export type CellColumns = { state: Figure["state"] | null; value: string | null; words: string | null };

export function toColumns(figure: Figure | null): CellColumns {
  switch (figure?.state) {
    case "number":
    case "estimate":
      return { state: figure.state, value: figure.digits, words: null };
    case "words":
      return { state: "words", value: null, words: figure.words };
    default:
      return { state: figure?.state ?? null, value: null, words: null };
  }
}

export function fromColumns({ state, value, words }: CellColumns): Figure | null {
  switch (state) {
    case "number":
    case "estimate":
      return { state, digits: value ?? "0" };
    case "words":
      return { state, words: words ?? "" };
    case "not-applicable":
    case "pending":
      return { state };
    case null:
      return null;
  }
}

export type SourceColumns = {
  sourceDepartment: string | null;
  sourceDocument: string | null;
  sourceDate: string | null;
};

/** Where a cell's figure comes from, or null when nobody has said anything of it. */
export function sourceOf({ sourceDepartment, sourceDocument, sourceDate }: SourceColumns): FigureSource | null {
  if (!sourceDepartment && !sourceDocument && !sourceDate) return null;
  return { department: sourceDepartment ?? "", document: sourceDocument ?? "", date: sourceDate };
}
