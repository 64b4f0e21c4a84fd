import { z } from "zod";
import { isCallable } from "./callable";
import { isNoticeEvent } from "./events";
import { MAIL_CHOICES, MAIL_LOCALES } from "./workflow";

/** Empty means none. */
const Address = z.union([
  z.literal("").transform(() => null),
  z
    .string()
    .trim()
    .max(254)
    .regex(/^[\x21-\x7e]+$/)
    .pipe(z.email()),
]);
const Time = z.union([z.literal("").transform(() => null), z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)]);

/** How one wants to be told; `choices` has a line for each event that the page showed. Quiet hours are both or neither. */
export const NoticeSettings = z
  .object({
    email: z.string().trim().pipe(Address),
    locale: z.enum(MAIL_LOCALES),
    quietFrom: Time,
    quietUntil: Time,
    choices: z
      .array(z.object({ event: z.string().refine(isNoticeEvent), mail: z.enum(MAIL_CHOICES) }))
      .max(100)
      .default([]),
  })
  .refine((settings) => (settings.quietFrom === null) === (settings.quietUntil === null), { path: ["quietUntil"] })
  .refine((settings) => settings.quietFrom === null || settings.quietFrom !== settings.quietUntil, {
    path: ["quietUntil"],
  });
export type NoticeSettings = z.infer<typeof NoticeSettings>;

/** An empty secret keeps the one that is there. */
export const WebhookSettings = z.object({
  url: z.string().trim().max(1000).refine(isCallable),
  webhookSecret: z.union([z.literal(""), z.string().min(16).max(200)]),
  enabled: z
    .literal("on")
    .optional()
    .transform((on) => on === "on"),
});
export type WebhookSettings = z.infer<typeof WebhookSettings>;

export const TryAgain = z.object({ kind: z.enum(["mail", "call", "event"]), id: z.uuid() });
export type TryAgain = z.infer<typeof TryAgain>;
