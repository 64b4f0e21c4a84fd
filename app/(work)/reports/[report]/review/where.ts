import { z } from "zod";
import type { Place } from "../../../../../domain/review/queue";

/** A page of review: where a decision leads. Nothing else is followed. */
export const NextPath = z.string().regex(/^\/(?:review|reports\/[a-z0-9-]{1,80}\/review)(?:\?[\w=&%.+-]{0,600})?$/);

/** Where an item is reviewed; `from` is the question put to the queue that it was opened from. */
export function reviewPath({ id, kind, slug }: Place, from: string | undefined): string {
  const asked = new URLSearchParams([[kind === "leaf" ? "section" : "row", id]]);
  if (from !== undefined) asked.set("from", from);
  return `/reports/${slug}/review?${asked.toString()}`;
}

/** Where one goes when nothing is left: back to the queue, or to the report's own page of review, which says so. */
export const donePath = (slug: string, from: string | undefined): string =>
  from === undefined ? `/reports/${slug}/review` : `/review${from === "" ? "" : `?${from}`}`;
