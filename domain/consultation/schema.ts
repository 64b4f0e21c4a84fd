import { z } from "zod";
import { isStorable } from "../kernel/storable";
import { CONSULTATION_LIMITS, DISPOSITIONS } from "./workflow";

/** A browser sends line ends as two characters. */
const plain = (most: number) =>
  z
    .string()
    .max(most * 2)
    .transform((text) => text.replaceAll("\r\n", "\n").trim())
    .refine((text) => text.length <= most && isStorable(text));

const orNone = (text: string) => (text === "" ? null : text);

/** Without a place it is about the whole. A place is an id of places.ts; the words are of that place, if any are named. */
export const AddReply = z
  .object({
    editionId: z.uuid(),
    blockId: z
      .string()
      .max(80)
      .regex(/^[A-Za-z0-9_.-]*$/)
      .transform(orNone)
      .default(null),
    quote: plain(CONSULTATION_LIMITS.quote).transform(orNone).default(null),
    comment: plain(CONSULTATION_LIMITS.text).refine((text) => text.length > 0),
  })
  .transform(({ quote, ...reply }) => ({ ...reply, quote: reply.blockId === null ? null : quote }));
export type AddReply = z.infer<typeof AddReply>;

export const OfEdition = z.object({ editionId: z.uuid() });
export type OfEdition = z.infer<typeof OfEdition>;

export const WithdrawReply = z.object({ replyId: z.uuid() });
export type WithdrawReply = z.infer<typeof WithdrawReply>;

/** `seen` is the disposition that the page showed, if any. Whoever does not adopt all of a comment says why. */
export const DisposeReply = z
  .object({
    replyId: z.uuid(),
    seen: z.union([z.literal("").transform(() => null), z.uuid()]),
    disposition: z.enum(DISPOSITIONS),
    reason: plain(CONSULTATION_LIMITS.reason),
  })
  .refine(({ disposition, reason }) => disposition === "adopted" || reason !== "", { path: ["reason"] });
export type DisposeReply = z.infer<typeof DisposeReply>;
