import { z } from "zod";
import { NodeId } from "../indicator/binding";
import { BlockId, Content } from "./content";

const Version = z.coerce.number().int().min(0).max(2_000_000_000);

/** `version` is that of the working copy the text was based on; `keep` also cuts a revision (稿次). */
export const SaveSection = z.object({
  sectionId: z.uuid(),
  version: Version,
  content: Content,
  keep: z.boolean().default(false),
});
export type SaveSection = z.infer<typeof SaveSection>;

/** `version` is the leaf's own, as the page showed it: who decided on something older is told so. */
export const MoveSection = z.object({ sectionId: z.uuid(), version: Version });
export type MoveSection = z.infer<typeof MoveSection>;

/** `draftVersion`: what goes up is the text that was on the screen, not a colleague's later one. */
export const SubmitSection = MoveSection.extend({ draftVersion: Version });
export type SubmitSection = z.infer<typeof SubmitSection>;

/** `figures`: fingerprint of the bound figures as the reviewer saw them (bindings.ts); none where the text has none. */
export const PassSection = MoveSection.extend({ figures: z.string().max(64).optional() });
export type PassSection = z.infer<typeof PassSection>;

export const REASON_LIMIT = 1000;
export const Reason = z.object({ blockId: BlockId, text: z.string().trim().min(1).max(REASON_LIMIT) });

/** One figure of an approved text that has moved: `now` is what it said on the page that was decided on. */
export const DecideStale = MoveSection.extend({ nodeId: NodeId, now: z.string().max(400) });
export type DecideStale = z.infer<typeof DecideStale>;
export const KeepStale = DecideStale.extend({ note: z.string().trim().min(1).max(REASON_LIMIT) });
export type KeepStale = z.infer<typeof KeepStale>;

export const ReturnSection = MoveSection.extend({ reasons: z.array(Reason).min(1).max(50) });
export type ReturnSection = z.infer<typeof ReturnSection>;
