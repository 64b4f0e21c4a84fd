import { z } from "zod";
import { FIGURE_FIELDS, Figure } from "../../../../../../domain/indicator/figure";
import type { Held } from "./cell";
import type { CellRef, CellStash, Left } from "./sheet";

/**
 * Unsaved cells in this browser, each by itself, so that two rows, two tabs or two persons at one computer never run
 * over each other's. `write` tells whether it could be kept: storage may be full or forbidden.
 */
export const stash: CellStash = {
  write(cell, left) {
    try {
      if (left) localStorage.setItem(keyOf(cell), JSON.stringify(left));
      else localStorage.removeItem(keyOf(cell));
      return true;
    } catch {
      return false;
    }
  },
};

/** What is kept of these rows. What cannot be read is left alone. */
export function leftOf(ids: readonly string[]): (CellRef & Left)[] {
  return ids.flatMap((id) =>
    FIGURE_FIELDS.flatMap((field) => {
      try {
        const read = Kept.safeParse(JSON.parse(localStorage.getItem(keyOf({ id, field })) ?? "null"));
        return read.success ? [{ id, field, version: read.data.version, held: read.data.held as Held }] : [];
      } catch {
        return [];
      }
    }),
  );
}

const keyOf = ({ id, field }: CellRef): string => `huibao:figure:${id}:${field}`;

const Kept = z.object({
  version: z.number().int().min(0),
  held: z.object({
    figure: Figure.nullable(),
    reason: z.string().nullable(),
    problem: z
      .object({ typed: z.string(), key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
      .nullable(),
  }),
});
