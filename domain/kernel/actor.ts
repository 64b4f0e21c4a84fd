import type { OrganKind, Role } from "./roles";

/** Who acts, in which office. Resolved from a live session row on every request, never from the cookie's contents. */
export type Actor = {
  userId: string;
  membershipId: string;
  /** Whose decisions these are: the own post, or the one that the actor holds for somebody else for a while (代办). */
  seatId: string;
  organId: string;
  organKind: OrganKind;
  jurisdictionId: string;
  role: Role;
  /** How history names them: office and role, e.g. 农业农村局经办人. Never changes in past entries. */
  label: string;
};
