import type { CheckRule, Finding, Place, Severity, TextPlace } from "./finding";

/** A place in one block's words, before it is known which block that is. */
export type Span = { from: number; to: number };

type Found = Span & {
  rule: CheckRule;
  severity: Severity;
  says: string;
  params?: Record<string, string | number>;
  block: string;
  /** What of the block it is about; with what is stated and expected it makes the key, which offsets must not. */
  what: string;
  stated: string;
  expected: string;
  also?: readonly Place[];
};

export function textFinding({ params, block, from, to, what, also = [], ...found }: Found): Finding {
  const { rule, stated, expected } = found;
  return {
    ...found,
    params: { stated, expected, ...params },
    where: { in: "text", block, from, to },
    also: [...also],
    waivedBy: null,
    key: [rule, block, what, stated, expected].map((part) => part.slice(0, 60)).join("|"),
  };
}

export const inBlock = (block: string, { from, to }: Span): TextPlace => ({ in: "text", block, from, to });
