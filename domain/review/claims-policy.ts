import type { Actor } from "../kernel/actor";
import { AUTHORS, DECIDERS, isOneOf } from "../kernel/roles";

/** So long one has a text in hand after having opened it, or done something on its page. */
export const CLAIM_MINUTES = 20;

/** Twin of the policy `see` on claims: everybody who works on the report sees who has a text in hand. */
export function maySeeClaim(actor: Actor, claim: { jurisdictionId: string }): boolean {
  return claim.jurisdictionId === actor.jurisdictionId && isOneOf(actor.role, AUTHORS);
}

/** Twin of `add` and `change` on claims: who sits at the text's step now. A claim is a courtesy: it blocks no decision. */
export function mayClaim(actor: Actor, text: { jurisdictionId: string; seats: readonly string[] }): boolean {
  return (
    text.jurisdictionId === actor.jurisdictionId && isOneOf(actor.role, DECIDERS) && text.seats.includes(actor.seatId)
  );
}

/** Twin of `own` on looks: what somebody looked at is nobody else's business. */
export function maySeeLook(actor: Actor, look: { userId: string }): boolean {
  return look.userId === actor.userId;
}
