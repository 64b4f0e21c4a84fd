import { describe, expect, it } from "vitest";
import { ROLES } from "../kernel/roles";
import {
  HOLDER_OF,
  isHeading,
  moveOf,
  SECTION_KINDS,
  SECTION_MOVES,
  SECTION_STATUSES,
  type SectionMove,
  type SectionStatus,
} from "./workflow";

const roads = (Object.keys(SECTION_MOVES) as SectionMove[]).flatMap((verb) =>
  SECTION_MOVES[verb].flatMap((move) =>
    move.from.map((from: SectionStatus) => ({ verb, by: move.by, from, to: move.to })),
  ),
);

describe("a leaf's life", () => {
  it("has these roads and no other", () => {
    expect(roads.map(({ by, verb, from, to }) => `${by} ${verb}: ${from} → ${to}`).toSorted()).toEqual([
      "drafter submit: drafting → signing",
      "drafter submit: returned → signing",
      "drafter withdraw: signing → drafting",
      "lead pass: reviewing → approved",
      "lead return: approved → returned",
      "lead return: reviewing → returned",
      "signer return: signing → returned",
      "signer sign: signing → reviewing",
      "signer withdraw: reviewing → signing",
    ]);
  });

  it("gives one role at most one road for each verb", () => {
    for (const verb of Object.keys(SECTION_MOVES) as SectionMove[]) {
      const by = SECTION_MOVES[verb].map((move) => move.by);
      expect(new Set(by).size).toBe(by.length);
    }
  });

  it("can reach every state from an empty leaf, and go on from every one of them", () => {
    const reached = new Set<SectionStatus>(["drafting"]);
    for (let size = 0; size !== reached.size;) {
      size = reached.size;
      for (const { from, to } of roads) if (reached.has(from)) reached.add(to);
    }
    expect([...reached].toSorted()).toEqual([...SECTION_STATUSES].toSorted());
    for (const status of SECTION_STATUSES)
      expect(
        roads.some(({ from }) => from === status),
        status,
      ).toBe(true);
  });

  it("names as holder a role that can move the leaf on", () => {
    const forward = roads.filter(({ verb }) => verb !== "withdraw").map(({ by, from }) => `${by} ${from}`);
    const held = SECTION_STATUSES.filter((status) => HOLDER_OF[status] !== null);
    expect(forward).toEqual(expect.arrayContaining(held.map((status) => `${HOLDER_OF[status]} ${status}`)));
    expect(SECTION_STATUSES.filter((status) => HOLDER_OF[status] === null)).toEqual(["approved"]);
  });

  it("is moved by drafter, signer and lead alone", () => {
    const movers = ROLES.filter((role) =>
      (Object.keys(SECTION_MOVES) as SectionMove[]).some((verb) => moveOf(verb, role)),
    );
    expect(movers).toEqual(["drafter", "signer", "lead"]);
  });

  it("belongs to leaves: parts, chapters and the annex of figures are nobody's to write", () => {
    expect(SECTION_KINDS.filter(isHeading)).toEqual(["part", "chapter", "indicators"]);
  });
});
