import { z } from "zod";

export const QUEUE_KINDS = ["leaf", "row"] as const;
export type QueueKind = (typeof QUEUE_KINDS)[number];

const Flag = z
  .literal("1")
  .transform(() => true)
  .optional()
  .catch(undefined);

/** What the queue may be asked for; what makes no sense is as if it had not been asked. */
export const QueueAsked = z.object({
  report: z
    .string()
    .regex(/^[a-z0-9-]{1,80}$/)
    .optional()
    .catch(undefined),
  organ: z.uuid().optional().catch(undefined),
  kind: z.enum(QUEUE_KINDS).optional().catch(undefined),
  late: Flag,
  changed: Flag,
  page: z.coerce.number().int().min(1).max(10_000).optional().catch(undefined),
});
export type QueueAsked = z.infer<typeof QueueAsked>;

/** The question as the address says it, "" for everything: kept while one goes from item to item. */
export function askedAs({ report, organ, kind, late, changed, page }: QueueAsked): string {
  const words = {
    report,
    organ,
    kind,
    late: late && "1",
    changed: changed && "1",
    page: page && page > 1 ? String(page) : "",
  };
  return new URLSearchParams(
    Object.entries(words).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();
}

/** Reads it back; without one, everything of the kind in this report. */
export function askedFrom(written: string | undefined, otherwise: QueueAsked): QueueAsked {
  if (written === undefined) return otherwise;
  return QueueAsked.parse(Object.fromEntries(new URLSearchParams(written.slice(0, 400))));
}
