/** What a person may be in an organ. The words are the database's words too. */
export const ROLES = [
  "drafter",
  "signer",
  "lead",
  "approver",
  "clerk",
  "member",
  "sysadmin",
  "secadmin",
  "auditor",
] as const;
export type Role = (typeof ROLES)[number];

export const ORGAN_KINDS = ["department", "lead", "government", "congress", "administration"] as const;
export type OrganKind = (typeof ORGAN_KINDS)[number];

/** Which organs can hold which role: a member sits in the congress, never in a department. */
export const ROLES_OF_ORGAN: Record<OrganKind, readonly Role[]> = {
  department: ["drafter", "signer"],
  lead: ["drafter", "signer", "lead"],
  government: ["approver"],
  congress: ["clerk", "member"],
  administration: ["sysadmin", "secadmin", "auditor"],
};

/** 三员分立: none of these reads report content, and one person never holds two of them (GB/T 22239-2019). */
export const ADMINISTRATORS = ["sysadmin", "secadmin", "auditor"] as const satisfies readonly Role[];
/** Those who work on a report before it is delivered. */
export const AUTHORS = ["drafter", "signer", "lead", "approver"] as const satisfies readonly Role[];

/** Those who may sit at a step of a route. */
export const DECIDERS = ["signer", "lead", "approver"] as const satisfies readonly Role[];

export const isOneOf = <T extends string>(value: string, words: readonly T[]): value is T =>
  (words as readonly string[]).includes(value);
