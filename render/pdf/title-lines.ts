import { textWidth } from "./text-width";

/**
 * Breaks a title, or another centred text, into as few lines of at most `room` ems as it needs, of even width, after a
 * phrase where there is one nearby: GB/T 9704-2012, 7.3.1 wants lines that do not split words. Never inside a number
 * and never before 的 or a closing mark.
 */
export function titleLines(title: string, room: number): string[] {
  const pieces = title.match(/[A-Za-z0-9.()%-]+|—+|./gsu) ?? [];
  const target = textWidth(title) / Math.ceil(textWidth(title) / room);
  return bestLines(pieces, target, room).lines.map((line) => line.trim());
}

type Breaking = { lines: string[]; cost: number };

/** Cheapest way to set pieces[0..n], for n = 1, 2, …: the square of each line's distance from the even width. */
function bestLines(pieces: readonly string[], target: number, room: number): Breaking {
  const best: Breaking[] = [{ lines: [], cost: 0 }];
  for (let end = 1; end <= pieces.length; end++) {
    let found: Breaking = { lines: [pieces.slice(0, end).join("")], cost: Number.POSITIVE_INFINITY };
    for (let start = end - 1; start >= 0; start--) {
      const line = pieces.slice(start, end).join("");
      const width = textWidth(line);
      const before = best[start];
      if (before === undefined || (width > room && start < end - 1)) break;
      const cost = before.cost + (width - target) ** 2 + breakCost(pieces[end - 1] ?? "", pieces[end]);
      if (cost < found.cost) found = { lines: [...before.lines, line], cost };
    }
    best.push(found);
  }
  return best.at(-1) ?? { lines: [], cost: 0 };
}

function breakCost(before: string, after: string | undefined): number {
  if (after === undefined) return 0;
  if (/^[的了，、；：。）》”]/.test(after) || /[（《“]$/.test(before) || /\d$/.test(before)) return 10_000;
  if (/[的和与及]/.test(after)) return 150;
  if (/[，、；：）》”\s]$/.test(before) || /^[(（]/.test(after)) return 0;
  return /[年度区县市的和与]$/.test(before) ? 10 : 100;
}
