import { z } from "zod";
import { FIGURE_FIELDS } from "../indicator/figure";
import { isStorable } from "../kernel/storable";
import { BlockId } from "../section/content-schema";
import { REASON_ANSWERS, REASON_KINDS, REASON_LIMIT, REASON_SEVERITIES } from "./workflow";

/** So much of a paragraph is quoted beside a reason. */
export const QUOTE_LIMIT = 400;

const Words = (most: number) => z.string().trim().max(most).refine(isStorable, { message: "not-storable" });
/** A form sends what nobody filled in as "". */
const unset = z.literal("").transform(() => undefined);
const Offset = unset.or(z.coerce.number().int().min(0).max(1_000_000)).optional();

/** What every reason says; one without kind or severity is 其他, 必须修改. */
const Said = {
  kind: z.enum(REASON_KINDS).optional(),
  severity: z.enum(REASON_SEVERITIES).optional(),
  text: Words(REASON_LIMIT).min(1),
};

/**
 * Points at a paragraph, or at words of it: `words` as they read on the page, with their place there (`from`, UTF-16)
 * when they were selected. Typed words have no place and are looked for.
 */
export const TextReason = z.object({
  blockId: BlockId,
  words: unset.or(Words(4000).min(1)).optional(),
  from: Offset,
  ...Said,
});
export type TextReason = z.infer<typeof TextReason>;

/** Points at a cell of a row. */
export const CellReason = z.object({ field: z.enum(FIGURE_FIELDS), ...Said });
export type CellReason = z.infer<typeof CellReason>;

/** `seen` is the newest answer that the page showed, or nothing: who answers over a colleague's later one is told so. */
export const AnswerReason = z
  .object({
    reasonId: z.uuid().toLowerCase(),
    answer: z.enum(REASON_ANSWERS),
    text: Words(REASON_LIMIT),
    seen: unset.or(z.uuid().toLowerCase()).optional(),
  })
  .refine(({ answer, text }) => answer === "changed" || text !== "", { path: ["because"], message: "because-missing" });
export type AnswerReason = z.infer<typeof AnswerReason>;

/** Whom it goes back to (its author, unless it is said), and where it goes once it is corrected: to who returned it, or the
 * route again (which it takes unless it is said). */
export const Comeback = z.object({
  to: z
    .union([
      z.literal("author"),
      z.literal("previous"),
      z.object({ step: z.uuid() }),
      // As a form names a step.
      z.uuid().transform((step) => ({ step })),
    ])
    .optional(),
  way: z.enum(["resume", "restart"]).optional(),
});
export type Comeback = z.infer<typeof Comeback>;
