import { describe, expect, it } from "vitest";
import type { Actor } from "../kernel/actor";
import type { RefusalKey } from "../kernel/errors";
import { ROLES, type Role } from "../kernel/roles";
import type { Mode } from "./course";
import { decisionRefusal, seatRefusal, withdrawalRefusal, type ItemFacts } from "./policy";
import type { RouteFacts, RouteStep } from "./route";

const ANY: Mode = { is: "any" };
const ALL: Mode = { is: "all" };
const MODES: Mode[] = [ANY, ALL, { is: "quorum", count: 2 }];
const PLACES = ["author", "sign", "confirm", "review", "done"] as const;
type Place = (typeof PLACES)[number];
const VERBS = ["sign", "confirm", "pass", "return", "withdraw", "addSeat", "handOver"] as const;
type Verb = (typeof VERBS)[number];

const OTHERWISE: RefusalKey = "stale-version";

function actor(role: Role, organId: string, seatId = `${organId} ${role}`): Actor {
  const userId = `${organId} ${role}`;
  return {
    userId,
    membershipId: seatId,
    seatId,
    organId,
    organKind: "department",
    jurisdictionId: "north",
    role,
    label: role,
  };
}

const OFFICES = ["owner", "confirmer", "elsewhere"] as const;
const ownerSigner = actor("signer", "owner");
const confirmingSigner = actor("signer", "confirmer");
const lead = actor("lead", "bureau");
/** Named at the step of 核对's place in every route here, though of another office. */
const named = actor("signer", "elsewhere");

function steps(mode: Mode): RouteStep[] {
  const one = (
    id: RouteStep["id"],
    action: RouteStep["action"],
    role: Role,
    office: RouteStep["office"],
  ): RouteStep => ({
    id,
    name: id,
    action,
    role,
    office,
    mode,
  });
  return [
    one("sign", "sign", "signer", "owner"),
    one("confirm", "confirm", "signer", "confirmer"),
    one("review", "review", "lead", "any"),
  ];
}

const SITTING: Record<Place, Actor[]> = {
  author: [],
  sign: [ownerSigner],
  confirm: [confirmingSigner, named],
  review: [lead],
  done: [lead],
};
const CAME: Record<Place, string | null> = {
  author: null,
  sign: "author",
  confirm: "sign",
  review: "confirm",
  done: "review",
};

function itemAt(place: Place, mode: Mode, change: Partial<ItemFacts> = {}, route: Partial<RouteFacts> = {}): ItemFacts {
  const at =
    place === "author"
      ? { is: "author" as const }
      : place === "done"
        ? { is: "done" as const }
        : { is: "step" as const, step: place };
  return {
    organId: "owner",
    confirmOrganId: "confirmer",
    reportStatus: "collecting",
    writers: ["owner drafter"],
    route: {
      steps: steps(mode),
      course: { at, round: 3, passed: [], from: CAME[place], comeback: null },
      seats: SITTING[place].map(({ seatId, userId }) => ({ membershipId: seatId, userId })),
      votes: [],
      ...route,
    },
    ...change,
  };
}

function said(verb: Verb, who: Actor, item: ItemFacts): RefusalKey | null {
  if (verb === "withdraw") return withdrawalRefusal(who, item, OTHERWISE);
  if (verb === "addSeat" || verb === "handOver") return seatRefusal(verb, who, item);
  return decisionRefusal(verb, who, item, OTHERWISE);
}

/** Written down apart from the rules: who may, from where. Everything that is not here is refused. */
const ALLOWED: Record<Verb, Partial<Record<Place, string[]>>> = {
  sign: { sign: ["owner signer"] },
  confirm: { confirm: ["confirmer signer", "elsewhere signer"] },
  pass: { review: ["bureau lead"] },
  return: {
    sign: ["owner signer"],
    confirm: ["confirmer signer", "elsewhere signer"],
    review: ["bureau lead"],
    done: ["bureau lead"],
  },
  withdraw: { sign: ["owner drafter"], confirm: ["owner signer"], review: ["confirmer signer"] },
  addSeat: {
    sign: ["owner signer", "bureau lead"],
    confirm: ["confirmer signer", "elsewhere signer", "bureau lead"],
    review: ["bureau lead"],
  },
  handOver: { sign: ["owner signer"], confirm: ["confirmer signer", "elsewhere signer"], review: ["bureau lead"] },
};

const EVERYBODY = [...ROLES.flatMap((role) => OFFICES.map((office) => actor(role, office))), lead];

describe("who may move an item", () => {
  it("every role, in every office, at every place, in every mode: exactly those written down, and nobody without a reason", () => {
    const wrong: string[] = [];
    let tried = 0;
    for (const mode of MODES) {
      for (const place of PLACES) {
        for (const who of EVERYBODY) {
          // The lead bureau's role is held in the lead bureau alone.
          if (who.role === "lead" && who !== lead) continue;
          for (const verb of VERBS) {
            const answer = said(verb, who, itemAt(place, mode));
            const may = ALLOWED[verb][place]?.includes(who.userId) ?? false;
            if ((answer === null) !== may) wrong.push(`${who.userId} ${verb} at ${place} (${mode.is}): ${answer}`);
            tried += 1;
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBe(MODES.length * PLACES.length * ((ROLES.length - 1) * OFFICES.length + 1) * VERBS.length);
  });

  it.each<[string, Verb, Actor, ItemFacts, RefusalKey]>([
    ["a role that has no such step", "sign", actor("member", "owner"), itemAt("sign", ANY), "not-your-role"],
    ["an office that has none", "sign", named, itemAt("sign", ANY), "not-your-department"],
    [
      "a report that has gone up",
      "pass",
      lead,
      itemAt("review", ANY, { reportStatus: "approving" }),
      "report-not-collecting",
    ],
    ["a step that has not come or is over", "sign", ownerSigner, itemAt("review", ANY), OTHERWISE],
    [
      "somebody else's seat at one's own step",
      "sign",
      actor("signer", "owner", "a second post"),
      itemAt("sign", ANY),
      "not-your-step",
    ],
    ["one's own work", "sign", { ...ownerSigner, userId: "owner drafter" }, itemAt("sign", ANY), "own-work"],
    [
      "one's own work, also to return it",
      "return",
      { ...ownerSigner, userId: "owner drafter" },
      itemAt("sign", ANY),
      "own-work",
    ],
    [
      "what one has passed at another step",
      "pass",
      { ...lead, userId: "owner signer" },
      itemAt("review", ANY, {}, { votes: [{ userId: "owner signer", seat: "x", step: "sign", round: 2 }] }),
      "signed-by-you",
    ],
    [
      "a second vote from one seat",
      "pass",
      lead,
      itemAt("review", ALL, {}, { votes: [{ userId: "somebody", seat: lead.seatId, step: "review", round: 3 }] }),
      "already-decided",
    ],
    [
      "a second vote of one person, from another seat",
      "pass",
      lead,
      itemAt("review", ALL, {}, { votes: [{ userId: lead.userId, seat: "another", step: "review", round: 3 }] }),
      "already-decided",
    ],
    [
      "a seat that has decided is not handed over",
      "handOver",
      lead,
      itemAt("review", ALL, {}, { votes: [{ userId: lead.userId, seat: lead.seatId, step: "review", round: 3 }] }),
      "already-decided",
    ],
    ["nobody sits where nothing is before anybody", "addSeat", lead, itemAt("author", ANY), "not-at-a-step"],
  ])("refuses by name %s", (_, verb, who, item, refusal) => {
    expect(said(verb, who, item)).toBe(refusal);
  });

  it("lets who voted in an earlier round decide again", () => {
    const votes = [{ userId: lead.userId, seat: lead.seatId, step: "review", round: 1 }];
    expect(said("pass", lead, itemAt("review", { is: "any" }, {}, { votes }))).toBeNull();
  });

  it("lets a colleague who acts for a post decide from its seat, and withdraw what it sent on", () => {
    const deputy = { ...ownerSigner, userId: "a colleague", membershipId: "for a while" };
    expect(said("sign", deputy, itemAt("sign", { is: "any" }))).toBeNull();
    expect(said("withdraw", deputy, itemAt("confirm", { is: "any" }))).toBeNull();
    expect(said("sign", { ...deputy, userId: "owner drafter" }, itemAt("sign", { is: "any" }))).toBe("own-work");
  });

  it("takes nothing back once one of several has decided", () => {
    const item = itemAt("confirm", { is: "all" });
    const course = { ...item.route.course, passed: ["confirmer signer"] };
    expect(said("withdraw", ownerSigner, { ...item, route: { ...item.route, course } })).toBe(OTHERWISE);
  });
});
