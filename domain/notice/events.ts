import { isOneOf, type Role } from "../kernel/roles";
import type { MailChoice } from "./workflow";

/** Who is told of an event: see NOTICE_EVENTS. */
export type Told = {
  owner: readonly Role[];
  confirmer?: readonly Role[];
  others: readonly Role[];
  organ?: readonly Role[];
  /** Of the organ only whoever was given the edition: nobody else there can open it. */
  withEdition?: true;
  step?: "instead" | "also";
  /** Those whom the edition was given to in that act, and nobody else. */
  given?: true;
  mail: MailChoice;
};

/**
 * What is told, and whose desk it lands on. "owner" roles are those of the department that owns the leaf or indicator,
 * "confirmer" of the office that confirms the indicator, "organ" of the department that a reminder goes to; the others
 * hold anywhere in the jurisdiction. Of an event that names a step, those who sit there are told: instead of the roles, or
 * besides them. Remarks and reminders name their roles themselves (outbox.mentions), and what is answered comes to everybody in the
 * thread. "mail" is how it comes to somebody with an address who has chosen nothing else.
 */
export const NOTICE_EVENTS = {
  "section.submitted": { owner: ["signer"], others: [], step: "instead", mail: "at-once" },
  "section.withdrawn": { owner: ["signer"], others: ["lead"], step: "instead", mail: "digest" },
  "section.signed": { owner: [], others: ["lead"], step: "instead", mail: "at-once" },
  "section.advanced": { owner: [], others: [], step: "instead", mail: "at-once" },
  "section.assigned": { owner: [], others: [], step: "instead", mail: "at-once" },
  "section.revised": { owner: [], others: ["lead"], mail: "digest" },
  "section.passed": { owner: ["drafter", "signer"], others: [], mail: "digest" },
  "section.returned": { owner: ["drafter", "signer"], others: [], step: "also", mail: "at-once" },
  "indicator.submitted": { owner: ["signer"], others: [], step: "instead", mail: "at-once" },
  "indicator.withdrawn": {
    owner: ["signer"],
    confirmer: ["signer"],
    others: ["lead"],
    step: "instead",
    mail: "digest",
  },
  "indicator.signed": { owner: [], confirmer: ["signer"], others: ["lead"], step: "instead", mail: "at-once" },
  "indicator.confirmed": { owner: [], others: ["lead"], step: "instead", mail: "at-once" },
  "indicator.advanced": { owner: [], others: [], step: "instead", mail: "at-once" },
  "indicator.assigned": { owner: [], others: [], step: "instead", mail: "at-once" },
  "indicator.revised": { owner: [], others: ["lead"], mail: "digest" },
  "indicator.passed": { owner: ["drafter", "signer"], others: [], mail: "digest" },
  "indicator.returned": { owner: ["drafter", "signer"], others: [], step: "also", mail: "at-once" },
  "remark.added": { owner: [], others: [], mail: "digest" },
  "remark.answered": { owner: [], others: [], mail: "digest" },
  "reminder.soon": { owner: [], others: [], organ: ["drafter"], mail: "at-once" },
  "reminder.late": { owner: [], others: [], organ: ["drafter"], mail: "at-once" },
  "reminder.escalated": { owner: [], others: [], organ: ["signer"], mail: "at-once" },
  "reminder.urged": { owner: [], others: [], organ: ["drafter"], mail: "at-once" },
  "permit.given": { owner: [], others: [], organ: ["drafter", "signer"], mail: "at-once" },
  "report.sent-for-approval": { owner: [], others: ["approver"], step: "instead", mail: "at-once" },
  "report.advanced": { owner: [], others: ["approver"], step: "instead", mail: "at-once" },
  "report.recalled": { owner: [], others: ["approver"], mail: "digest" },
  "report.approved": { owner: [], others: ["lead"], mail: "at-once" },
  "report.returned": { owner: [], others: ["lead"], mail: "at-once" },
  "report.reopened": { owner: [], others: ["approver"], mail: "digest" },
  "edition.delivered": { owner: [], others: [], given: true, mail: "at-once" },
  "edition.corrected": { owner: [], others: [], given: true, mail: "at-once" },
  "edition.consulted": { owner: [], others: [], given: true, mail: "at-once" },
  "edition.extended": { owner: [], others: [], given: true, mail: "at-once" },
  "consultation.replied": { owner: [], others: ["lead"], mail: "digest" },
  "consultation.urged": { owner: [], others: [], organ: ["drafter", "signer"], withEdition: true, mail: "at-once" },
  "consultation.settled": { owner: [], others: [], organ: ["drafter", "signer"], withEdition: true, mail: "digest" },
  "consultation.published": { owner: [], others: [], organ: ["drafter", "signer"], withEdition: true, mail: "digest" },
} as const satisfies Record<string, Told>;

export type NoticeEvent = keyof typeof NOTICE_EVENTS;

export const NOTICE_EVENT_NAMES = Object.keys(NOTICE_EVENTS) as NoticeEvent[];

export const isNoticeEvent = (word: string): word is NoticeEvent => isOneOf(word, NOTICE_EVENT_NAMES);

/** The event as a key of the messages: next-intl reads dots as nesting. */
export const noticeKey = (event: NoticeEvent): NoticeKey => event.replace(".", "-") as NoticeKey;
export type NoticeKey = Dashed<NoticeEvent>;

/** Whether an event can reach somebody in that role: what there is to choose about on their account page. */
export function mayReach(event: NoticeEvent, role: Role): boolean {
  const told: Told = NOTICE_EVENTS[event];
  if (event.startsWith("remark.")) return isOneOf(role, REMARK_READERS);
  if (event.startsWith("reminder.")) return isOneOf(role, REMINDED);
  if (event === "edition.consulted" || event === "edition.extended") return isOneOf(role, REMINDED);
  if (told.given) return isOneOf(role, GIVEN);
  if (told.step && isOneOf(role, SEATED)) return true;
  return [told.owner, told.confirmer ?? [], told.others, told.organ ?? []].some((roles) => roles.includes(role));
}

type Dashed<E extends string> = E extends `${infer Noun}.${infer Deed}` ? `${Noun}-${Deed}` : never;

const REMARK_READERS = ["drafter", "signer", "lead"] as const satisfies readonly Role[];
/** The head too, of what waits for a signature: the reminder names the post that holds it. */
const REMINDED = ["drafter", "signer"] as const satisfies readonly Role[];
const GIVEN = ["drafter", "signer", "clerk", "member"] as const satisfies readonly Role[];
const SEATED = ["signer", "lead", "approver"] as const satisfies readonly Role[];
