import { expect } from "vitest";
import type { RefusalKey } from "../../domain/kernel/errors";
import { refusalOf } from "./factories";

/** Somebody tries something: `expected` is what the pure policy says, null when it allows it. */
export type Trial = { name: string; expected: RefusalKey | null; act: () => Promise<unknown> };
export type Tally = { tried: number; allowed: number; disagreements: string[] };
export const aTally = (): Tally => ({ tried: 0, allowed: 0, disagreements: [] });

/** What a stage tells of itself: a line that differs when anything does, and how many audit entries there are. */
type Stage = { fingerprint: () => Promise<{ state: string; audited: number }> };

/**
 * Tries everything: what the policy refuses is refused by the mutation too and leaves no trace (all at once, nothing
 * happens); what it allows happens and leaves one audit entry.
 */
export async function tryAll(
  stage: Stage,
  trials: readonly Trial[],
  restore: () => Promise<void>,
  tally: Tally,
): Promise<void> {
  const before = await stage.fingerprint();
  const refused = trials.filter((trial) => trial.expected !== null);
  await Promise.all(
    refused.map(async ({ name, expected, act }) => {
      const said = await refusalOf(act());
      if (!sameAnswer(expected, said)) tally.disagreements.push(`${name}: policy ${expected}, mutation ${said}`);
    }),
  );
  tally.tried += refused.length;
  expect(await stage.fingerprint(), `after what was refused: ${trials[0]?.name}`).toEqual(before);
  for (const { name, act } of trials.filter((trial) => trial.expected === null)) {
    const said = await refusalOf(act());
    const after = await stage.fingerprint();
    if (said) tally.disagreements.push(`${name}: policy allows, mutation ${said}`);
    else if (after.state === before.state) tally.disagreements.push(`${name}: nothing happened`);
    else if (after.audited !== before.audited + 1) tally.disagreements.push(`${name}: not one audit entry`);
    tally.tried += 1;
    tally.allowed += 1;
    await restore();
    expect(await stage.fingerprint(), `after restoring: ${name}`).toEqual(before);
  }
}

const ABOUT_WHO = new Set<RefusalKey | null>(["not-found", "not-your-role", "not-your-department"]);

/** Row-level security hides what the policy only forbids: of the rules about who, one may stand for another. */
function sameAnswer(policy: RefusalKey | null, mutation: RefusalKey | null): boolean {
  return policy === mutation || (ABOUT_WHO.has(policy) && ABOUT_WHO.has(mutation));
}
