import type { MissingLeaf } from "./compile";

/** What an edition keeps of its making, frozen and hashed with it. Times are ISO 8601 in UTC. */
export type EditionRecord = {
  schema: "huibao.record/1";
  approvals: RecordedApproval[];
  audit: RecordedAct[];
  attachments: RecordedAttachment[];
  /** What was not approved when it was sealed for a written reason. */
  missing: MissingLeaf[];
  /** What else was open then; left out where there was nothing. */
  open?: RecordedOpen[];
};

/** An approved text or row that was being worked on again, a quoted figure that had moved, an error that nobody had explained. */
export type RecordedOpen = { kind: "stale-approval" | "moved-figure" | "finding"; title: string; said: string };

/** One decision on what the edition prints. `of` is the leaf's, the indicator's or the report's id. */
export type RecordedApproval = {
  kind: "leaf" | "indicator" | "whole";
  of: string;
  title: string;
  department: string;
  /** The revision's number; null for the whole. */
  number: number | null;
  verdict: "write" | "sign" | "confirm" | "pass" | "approve";
  /** Where on the route: 分管领导签发. Null for writing. */
  step: string | null;
  by: string;
  at: string;
};

/** An act from the audit log that is about the report, without anybody's network address or account. */
export type RecordedAct = { at: string; by: string; action: string; subject: string };

/** A file that was attached to a printed text or figure; its bytes stay with the evidence. */
export type RecordedAttachment = {
  id: string;
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
  kind: "leaf" | "indicator";
  of: string;
  title: string;
};
