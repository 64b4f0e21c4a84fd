import { z } from "zod";
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

export const REASON_LIMIT = 1000;
export const Reason = z.object({ blockId: BlockId, text: z.string().trim().min(1).max(REASON_LIMIT) });

export const ReturnSection = MoveSection.extend({ reasons: z.array(Reason).min(1).max(50) });
export type ReturnSection = z.infer<typeof ReturnSection>;
