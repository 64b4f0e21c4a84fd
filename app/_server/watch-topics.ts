import { z } from "zod";
import type { Actor } from "../../domain/kernel/actor";
import { AUTHORS, isOneOf } from "../../domain/kernel/roles";

/** What an open page follows: its reader's desk, a report by its slug, or their exports. `since` is when it was asked for. */
export const Watched = z.object({
  report: z.string().min(1).max(100).optional(),
  exports: z.literal("1").optional(),
  since: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
});

/**
 * Whatever moves something onto or off the actor's desk, as the triggers of drizzle/0008 call it: what they are told,
 * their office's items, those at a step of their role in any office, what is delivered in the district, and for those who
 * work on reports how these go on.
 */
export function deskTopics({ userId, membershipId, organId, jurisdictionId, role }: Actor): string[] {
  const everybody = [
    `post:${membershipId}`,
    `exports:${userId}`,
    `office:${organId}`,
    `role:${jurisdictionId}:${role}`,
    `district:${jurisdictionId}`,
  ];
  return isOneOf(role, AUTHORS) ? [...everybody, `authors:${jurisdictionId}`] : everybody;
}

/** The queue as its page shows it: one's own requests and their places in it, and the files of editions. */
export const exportTopics = ({ userId, jurisdictionId }: Actor): string[] => [
  `export-queue:${userId}`,
  `edition-files:${jurisdictionId}`,
];

export const reportTopic = (reportId: string): string => `report:${reportId}`;
