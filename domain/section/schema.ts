import { z } from "zod";
import { NodeId } from "../indicator/binding-schema";
import { Comeback, TextReason } from "../review/schema";
import { REASON_LIMIT } from "../review/workflow";
import { Content } from "./content-schema";

const Version = z.coerce.number().int().min(0).max(2_000_000_000);

export const NOTE_LIMIT = 200;
/** Why a text is kept or goes up, in the writer's words: one plain line, or nothing. */
const Note = z
  .string()
  .max(NOTE_LIMIT)
  .transform((text) =>
    text
      .toWellFormed()
      .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
      .trim(),
  )
  .optional();

/**
 * `version` is that of the working copy the text was based on; `keep` also cuts a revision (稿次), with its note. `aside`
 * with it: this text becomes the revision and the working copy stays as it is.
 */
export const SaveSection = z.object({
  sectionId: z.uuid(),
  version: Version,
  content: Content,
  keep: z.boolean().default(false),
  aside: z.boolean().optional(),
  note: Note,
});
export type SaveSection = z.infer<typeof SaveSection>;

/** `version` is the leaf's own, as the page showed it: who decided on something older is told so. */
export const MoveSection = z.object({ sectionId: z.uuid(), version: Version });
export type MoveSection = z.infer<typeof MoveSection>;

/** `draftVersion`: what goes up is the text that was on the screen, not a colleague's later one. */
export const SubmitSection = MoveSection.extend({ draftVersion: Version, note: Note });
export type SubmitSection = z.infer<typeof SubmitSection>;

/** `revision` is the number of the text to bring back; `draftVersion` that of the working copy it replaces. */
export const RestoreRevision = z.object({
  sectionId: z.uuid(),
  revision: z.coerce.number().int().min(1).max(2_000_000_000),
  draftVersion: Version,
});
export type RestoreRevision = z.infer<typeof RestoreRevision>;

export const GUIDANCE_LIMIT = 2000;
export const LENGTH_LIMITS = { least: 50, most: 20_000 } as const;
/** 要求: `version` is that of the one on the page, 0 where there is none; an empty limit is no limit. */
export const SetBrief = z.object({
  sectionId: z.uuid(),
  version: Version,
  guidance: z
    .string()
    .max(GUIDANCE_LIMIT)
    .transform((text) => text.toWellFormed().replaceAll("\0", "").replaceAll("\r\n", "\n").trim()),
  lengthLimit: z
    .literal("")
    .transform(() => null)
    .or(z.coerce.number().int().min(LENGTH_LIMITS.least).max(LENGTH_LIMITS.most)),
});
export type SetBrief = z.infer<typeof SetBrief>;

/** `figures`: fingerprint of the bound figures as the reviewer saw them (bindings.ts); none where the text has none. */
export const PassSection = MoveSection.extend({ figures: z.string().max(64).optional() });
export type PassSection = z.infer<typeof PassSection>;

/** One figure of an approved text that has moved: `now` is what it said on the page that was decided on. */
export const DecideStale = MoveSection.extend({ nodeId: NodeId, now: z.string().max(400) });
export type DecideStale = z.infer<typeof DecideStale>;
export const KeepStale = DecideStale.extend({ note: z.string().trim().min(1).max(REASON_LIMIT) });
export type KeepStale = z.infer<typeof KeepStale>;

export const ReturnSection = MoveSection.extend({ reasons: z.array(TextReason).min(1).max(50) }).extend(Comeback.shape);
export type ReturnSection = z.infer<typeof ReturnSection>;
