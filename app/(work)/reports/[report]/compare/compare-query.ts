import { z } from "zod";

/** From an address that anybody can write: what is no choice is none. */
const Chosen = z.string().min(1).max(40).optional().catch(undefined);

export const CompareQuery = z.object({
  from: Chosen,
  to: Chosen,
  /** The whole text, and not the changes alone. */
  all: z
    .literal("1")
    .optional()
    .catch(undefined)
    .transform((all) => all === "1"),
});
