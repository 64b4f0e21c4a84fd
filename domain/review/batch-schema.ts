import { z } from "zod";
import { QUEUE_KINDS } from "./queue-asked";

/** More at once nobody looks over on one page. */
export const BATCH_LIMIT = 50;

const Version = z.coerce.number().int().min(1).max(2_000_000_000);

/** leaf.<id> or row.<id>, as the queue's checkboxes name them. */
export const Chosen = z
  .string()
  .regex(/^(leaf|row)\.[0-9a-f-]{36}$/i)
  .transform((name) => {
    const [kind = "", id = ""] = name.split(".");
    return { kind, id };
  })
  .pipe(z.object({ kind: z.enum(QUEUE_KINDS), id: z.uuid().toLowerCase() }));
export type Chosen = z.infer<typeof Chosen>;

/** Each item as the summary showed it: its version, and the fingerprint of its bound figures. */
export const PassBatch = z.object({
  items: z
    .array(
      z.object({
        kind: z.enum(QUEUE_KINDS),
        id: z.uuid().toLowerCase(),
        version: Version,
        verb: z.enum(["sign", "confirm", "pass"]),
        figures: z.string().max(64).optional(),
      }),
    )
    .min(1)
    .max(BATCH_LIMIT),
});
export type PassBatch = z.infer<typeof PassBatch>;
