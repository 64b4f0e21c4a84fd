import type { Actor } from "../../domain/kernel/actor";
import { aColleague, alsoHolds, type District } from "./factories";

export type Cast = { name: string; actor: Actor }[];

/**
 * Everybody who could stand before a leaf of the agriculture department: every role of the own department, of another
 * one, of the lead bureau and of another district; and persons who hold two posts, one of which had a hand in the text.
 * The writer is agriculture's drafter, its signer signs, the bureau's lead sends the whole for approval.
 */
export async function wholeCast(district: District, elsewhere: District): Promise<Cast> {
  const { agriculture, commerce, bureau, government, congress, centre } = district;
  return [
    { name: "the writer", actor: agriculture.drafter },
    { name: "another drafter of the department", actor: await aColleague(district, "agriculture", "drafter") },
    { name: "the signer", actor: agriculture.signer },
    { name: "another signer of the department", actor: await aColleague(district, "agriculture", "signer") },
    { name: "the writer as signer", actor: await alsoHolds(district, agriculture.drafter, "agriculture", "signer") },
    { name: "the writer as lead", actor: await alsoHolds(district, agriculture.drafter, "bureau", "lead") },
    { name: "the writer as approver", actor: await alsoHolds(district, agriculture.drafter, "government", "approver") },
    { name: "the signer as drafter", actor: await alsoHolds(district, agriculture.signer, "agriculture", "drafter") },
    { name: "the signer as lead", actor: await alsoHolds(district, agriculture.signer, "bureau", "lead") },
    { name: "the sender", actor: bureau.lead },
    { name: "another lead", actor: await aColleague(district, "bureau", "lead") },
    { name: "the sender as approver", actor: await alsoHolds(district, bureau.lead, "government", "approver") },
    { name: "the approver", actor: government.approver },
    { name: "another department's drafter", actor: commerce.drafter },
    { name: "another department's signer", actor: commerce.signer },
    { name: "the lead bureau's drafter", actor: bureau.drafter },
    { name: "the lead bureau's signer", actor: bureau.signer },
    { name: "the clerk", actor: congress.clerk },
    { name: "a member", actor: congress.member },
    { name: "the system administrator", actor: centre.sysadmin },
    { name: "the security administrator", actor: centre.secadmin },
    { name: "the auditor", actor: centre.auditor },
    ...[
      elsewhere.agriculture.drafter,
      elsewhere.agriculture.signer,
      elsewhere.bureau.lead,
      elsewhere.government.approver,
      elsewhere.congress.clerk,
      elsewhere.congress.member,
      elsewhere.centre.sysadmin,
      elsewhere.centre.secadmin,
      elsewhere.centre.auditor,
    ].map((actor) => ({ name: `another district's ${actor.role}`, actor })),
  ];
}
