/** One line of the outcome. A goal with `ratio` asks for product ÷ floor of at least `goal`; else see `goalText`. */
export interface Result {
  id: string;
  what: string;
  unit: string;
  floor: number | null;
  product: number;
  ratio: number | null;
  goal: string;
  met: boolean;
  /** What else was seen: sizes, spread, numbers of requests. */
  notes: string;
  /** Why the goal was missed; null when it was met. */
  reason: string | null;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1, middle + 1);
  return (low + high) / 2;
}

export const rounded = (value: number): number => Number(value.toPrecision(3));

export type Rates = { floor: number; product: number; ratio: number; ratios: number[] };

/**
 * Measures both sides turn about, so that a slow spell of the machine hits both: floor product, product floor, …
 * `ratio` is the median of the rounds' own ratios (product ÷ floor); the rates are medians too.
 */
export async function alternate(
  rounds: number,
  sides: { floor: () => Promise<number>; product: () => Promise<number> },
): Promise<Rates> {
  const seen = { floor: [] as number[], product: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (["floor", "product"] as const) : (["product", "floor"] as const);
    for (const side of order) seen[side].push(await sides[side]());
  }
  const ratios = seen.product.map((product, round) => product / (seen.floor[round] ?? Number.NaN));
  return {
    floor: rounded(median(seen.floor)),
    product: rounded(median(seen.product)),
    ratio: rounded(median(ratios)),
    ratios: ratios.map(rounded),
  };
}
