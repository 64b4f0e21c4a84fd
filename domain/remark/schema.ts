import { z } from "zod";
import { isStorable } from "../kernel/storable";
import { BlockId } from "../section/content-schema";
import { MENTIONABLE } from "./policy";

/** `block`: every remark keeps its paragraph. `stale`: of two longer ones that differ no place is looked for. */
export const REMARK_LIMITS = { text: 2000, open: 200, replies: 50, block: 10_000, stale: 4000 } as const;

/** A browser sends line ends as two characters. */
const plain = (most: number) =>
  z
    .string()
    .max(most * 2)
    .transform((text) => text.replaceAll("\r\n", "\n").trim())
    .refine((text) => text.length <= most && isStorable(text));

const Words = plain(REMARK_LIMITS.text).refine((text) => text.length > 0);
const Mentions = z
  .string()
  .max(60)
  .default("")
  .transform((text) => [...new Set(text.split(",").filter((word) => word !== ""))])
  .pipe(z.array(z.enum(MENTIONABLE)));
const YesNo = z.enum(["yes", "no"]).transform((word) => word === "yes");
const Offset = z.coerce.number().int().min(0).max(200_000);

/** The paragraph as it stood on the screen, and the range that was chosen in it. */
const Chosen = z.object({
  sectionId: z.uuid(),
  blockId: BlockId,
  blockText: z.string().max(200_000).refine(isStorable),
});

/** `internal` stays in the department. The lead bureau's own never do, whatever they say here. */
export const AddComment = Chosen.extend({
  from: Offset,
  to: Offset,
  text: Words,
  internal: YesNo,
  mentions: Mentions,
})
  .refine(({ from, to, blockText }) => from <= to && to <= blockText.length)
  .refine(({ from, to, blockText }) => blockText.slice(from, to).isWellFormed());
export type AddComment = z.infer<typeof AddComment>;

/** The whole paragraph as it should read; `text` says why. A paragraph has no line ends. */
export const AddSuggestion = Chosen.extend({
  proposed: z
    .string()
    .max(200_000)
    .refine(isStorable)
    .transform((text) => text.replaceAll(/\s*[\r\n]+\s*/g, "")),
  text: plain(REMARK_LIMITS.text),
  internal: YesNo,
});
export type AddSuggestion = z.infer<typeof AddSuggestion>;

export const AddReply = z.object({ remarkId: z.uuid(), text: Words, mentions: Mentions });
export type AddReply = z.infer<typeof AddReply>;

/** Several at once are of one leaf. */
export const SettleRemarks = z.object({
  sectionId: z.uuid(),
  remarkIds: z
    .string()
    .max(40 * REMARK_LIMITS.open)
    .transform((text) => [...new Set(text.split(","))])
    .pipe(z.array(z.uuid()).min(1).max(REMARK_LIMITS.open)),
  how: z.enum(["resolve", "accept", "reject", "withdraw"]),
});
export type SettleRemarks = z.infer<typeof SettleRemarks>;
