/** A unit of the shortened outlines in units of the font: 1/250 of an em, a tenth of a pixel on a screen. */
export const OUTLINE_UNIT = 4;

/**
 * A letter's outline in a third of its length, for a screen: relative, in whole units of OUTLINE_UNIT, without the spaces that
 * SVG can do without. `id` names the letter in its font, so that each is worked out once a process.
 */
export function glyphOutline(id: string, path: string): string {
  const known = outlines.get(id);
  if (known !== undefined) return known;
  if (outlines.size >= MOST) outlines.clear();
  const short = shortened(path);
  outlines.set(id, short);
  return short;
}

/** Of about 1 KB each: all letters of several reports. */
const MOST = 8_000;
const outlines = new Map<string, string>();

const NUMBERS: Record<string, number> = { M: 2, L: 2, Q: 4, C: 6, H: 1, V: 1 };

type Point = { x: number; y: number };

function shortened(path: string): string {
  let at: Point = { x: 0, y: 0 };
  let start = at;
  let last = "";
  // Pieces joined at the end: a string grown by thousands of bits is slow to write each time that it is used.
  const out: string[] = [];
  const put = (letter: string, numbers: readonly number[]): void => {
    // Pairs after a moveto are linetos: a command is left out only where it says the same.
    if (letter !== last) out.push(letter);
    for (const [index, number] of numbers.entries())
      out.push(number < 0 || (index === 0 && letter !== last) ? String(number) : ` ${number}`);
    last = letter === "m" ? "l" : letter;
  };
  for (const [, command = "", rest = ""] of path.matchAll(/([A-Z])([^A-Z]*)/g)) {
    if (command === "Z") {
      out.push("z");
      [last, at] = ["z", start];
      continue;
    }
    const size = NUMBERS[command];
    if (size === undefined) throw new Error(`an outline with ${command}`);
    const values = rest
      .trim()
      .split(/[\s,]+/)
      .map((value) => Math.round(Number(value) / OUTLINE_UNIT));
    for (let index = 0; index < values.length; index += size) {
      const points = values.slice(index, index + size);
      const from = at;
      at = endOf(command, points, at);
      if (command === "M") {
        start = at;
        put("m", [at.x - from.x, at.y - from.y]);
      } else if (command === "Q" || command === "C") {
        put(
          command.toLowerCase(),
          points.map((value, order) => value - (order % 2 === 0 ? from.x : from.y)),
        );
      } else if (at.y === from.y) {
        if (at.x !== from.x) put("h", [at.x - from.x]);
      } else if (at.x === from.x) put("v", [at.y - from.y]);
      else put("l", [at.x - from.x, at.y - from.y]);
    }
  }
  return out.join("");
}

function endOf(command: string, points: readonly number[], at: Point): Point {
  if (command === "H") return { x: points[0] ?? 0, y: at.y };
  if (command === "V") return { x: at.x, y: points[0] ?? 0 };
  return { x: points.at(-2) ?? 0, y: points.at(-1) ?? 0 };
}
