import type { ReasonKind, ReasonSeverity } from "../review/workflow";
import type { EditionKind } from "../edition/workflow";
import type { NoticeEvent } from "./events";

/** What there is to say of an event (notice_facts() in the database). Days are YYYY-MM-DD, `at` is ISO 8601. */
export type NoticeFacts = {
  event: NoticeEvent;
  at: string;
  by: string;
  reportSlug: string;
  reportName: string;
  editionId: string | null;
  edition: EditionFacts | null;
  remarkId: string | null;
  sectionId: string | null;
  indicatorId: string | null;
  /** Of the leaf or indicator. */
  title: string | null;
  step: string | null;
  dueOn: string | null;
  /** The words of the remark or the answer. */
  remark: string | null;
  reasons: { kind: ReasonKind; severity: ReasonSeverity; quote: string; text: string; title: string | null }[];
  /** Why a later day was permitted. */
  reason: string | null;
  /** What a reminder or a permit is about, each with its day. */
  items: { sectionId: string | null; indicatorId: string | null; title: string; dueOn: string }[];
};

/** Of an edition that was delivered: which, what it corrects and why, and until when answers to it are asked for. */
export type EditionFacts = {
  number: number;
  kind: EditionKind;
  name: string;
  supersedes: number | null;
  notice: string | null;
  answerBy: string | null;
};

/** Somebody who has an address, in the post whose desk the notice is on. */
export type MailReader = { locale: string; organ: string; role: string };

/** What a mail says; made of facts by whoever knows the words. */
export type MailWords = { subject: string; text: string; html: string };
/** Of one act: one event or several of its kind, in the order of the report. */
export type ActFacts = readonly [NoticeFacts, ...NoticeFacts[]];
export type ComposeNotice = (facts: ActFacts, reader: MailReader) => MailWords;
export type ComposeDigest = (facts: readonly NoticeFacts[], reader: MailReader, day: string) => MailWords;
