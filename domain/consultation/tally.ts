import { DISPOSITIONS, type Disposition } from "./workflow";

/** How many comments there are, how many of them wait, and what became of the others: 24条，采纳18条…. */
export type Tally = { comments: number; open: number } & Record<Disposition, number>;

export function addTallies(tallies: readonly Tally[]): Tally {
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  const [adopted, partly, noted] = DISPOSITIONS.map((one) => sum((tally) => tally[one]));
  return {
    comments: sum((tally) => tally.comments),
    open: sum((tally) => tally.open),
    adopted: adopted ?? 0,
    partly: partly ?? 0,
    noted: noted ?? 0,
  };
}

/** How a department stands: has said something, has nothing to say, has not answered. */
export type Answer = "comments" | "none" | "waiting";

export const answerOf = ({ comments, none }: { comments: number; none: boolean }): Answer =>
  comments > 0 ? "comments" : none ? "none" : "waiting";
