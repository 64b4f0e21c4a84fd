/** How an event comes by mail: at once, with the day's digest, or not at all. The desk always has it. */
export const MAIL_CHOICES = ["at-once", "digest", "never"] as const;
export type MailChoice = (typeof MAIL_CHOICES)[number];

/** The languages that a mail can be written in. */
export const MAIL_LOCALES = ["zh-CN", "en"] as const;
export type MailLocale = (typeof MAIL_LOCALES)[number];

/** What a mail that somebody sends to themselves has for an event. */
export const TEST_MAIL = "test";
/** What a mail has for an event that collects a day's notices. */
export const DIGEST_MAIL = "digest";
