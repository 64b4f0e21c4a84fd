import { z } from "zod";
import { isStorable } from "../kernel/storable";
import { MoveReport } from "../report/schema";
import { READERS } from "./policy";
import { EDITION_KINDS } from "./workflow";

/** Characters of a reason for sealing what is not ready, and of a correction's notice. */
export const EXCEPTION_LENGTH = { least: 10, most: 1000 } as const;
export const NOTICE_LENGTH = { least: 10, most: 2000 } as const;

const Words = ({ least, most }: { least: number; most: number }) =>
  z
    .string()
    .trim()
    .max(most)
    .refine(isStorable, { message: "not-storable" })
    .transform((words) => (words === "" ? null : words))
    .refine((words) => words === null || words.length >= least, { message: "too-short" })
    .optional();

export const SealEdition = MoveReport.extend({
  kind: z.enum(EDITION_KINDS),
  /** Why it is sealed though not everything is ready. */
  exception: Words(EXCEPTION_LENGTH),
  /** The number of the delivered edition that it corrects, as the page showed it. */
  supersedes: z
    .literal("")
    .transform(() => null)
    .or(z.coerce.number().int().min(1).max(1_000_000))
    .nullable()
    .optional(),
  /** What changed and why. */
  notice: Words(NOTICE_LENGTH),
});
export type SealEdition = z.output<typeof SealEdition>;

/** Groups of roles that the page offers as one. */
export const RECIPIENT_GROUPS = ["committee", "departments"] as const;
export type RecipientGroup = (typeof RECIPIENT_GROUPS)[number];

const Recipient = z.union([
  z.object({ group: z.enum(RECIPIENT_GROUPS) }),
  z.object({ role: z.enum(READERS) }),
  z.object({ organId: z.uuid() }),
  z.object({ membershipId: z.uuid() }),
]);
export type Recipient = z.output<typeof Recipient>;

export const DeliverEdition = z.object({
  editionId: z.uuid(),
  /** Without it those whom an edition of its kind usually goes to. */
  to: z.array(Recipient).max(500).optional(),
  /** Somebody more, by the label of their post or initials that no other has. */
  person: z.string().trim().max(200).optional(),
  /** Of a 征求意见稿: until when answers are asked for. */
  answerBy: z
    .literal("")
    .transform(() => null)
    .or(z.iso.date())
    .nullable()
    .optional(),
});
export type DeliverEdition = z.output<typeof DeliverEdition>;
