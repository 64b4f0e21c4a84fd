import { z } from "zod";
import { isStorable } from "../kernel/storable";
import { OpenReport } from "../report/schema";

const Fingerprint = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What the lead bureau confirms: `shown` is the fingerprint of what was before its eyes (report-preview.ts), `piece` the
 * key of a text of the file, `bind` whether proposed figures are taken.
 */
export const ConfirmImport = z
  .object({
    shown: Fingerprint,
    bind: z.boolean(),
    choices: z
      .array(z.object({ sectionId: z.uuid(), piece: z.string().min(1).max(40).refine(isStorable) }))
      .min(1)
      .max(1000),
  })
  .refine(
    ({ choices }) => isOnce(choices.map(({ sectionId }) => sectionId)) && isOnce(choices.map(({ piece }) => piece)),
    {
      message: "chosen-twice",
    },
  );
export type ConfirmImport = z.infer<typeof ConfirmImport>;

const isOnce = (keys: readonly string[]): boolean => new Set(keys).size === keys.length;

/** A report made of a file: `fallback` is the office that takes what no earlier report tells of. */
export const NewReport = OpenReport.extend({ shown: Fingerprint, fallback: z.uuid() });
export type NewReport = z.infer<typeof NewReport>;
