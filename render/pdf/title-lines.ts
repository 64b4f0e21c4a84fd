import { linePieces } from "./line-pieces";
import { textWidth } from "./text-width";

/**
 * Breaks a title, or another centred text, into as few lines of at most `room` ems as it needs, of even width and not
 * narrow-waisted: GB/T 9704-2012, 7.3.1 wants a trapezium or a diamond whose lines do not split words. Words are Unicode's
 * (Intl.Segmenter) with the repairs below; only a word that is wider than the room is split.
 */
export function titleLines(title: string, room: number): string[] {
  const pieces = wordPieces(title).flatMap((piece) => (textWidth(piece) > room ? splitPieces(piece) : [piece]));
  const least = Math.max(1, Math.ceil(textWidth(title) / room));
  const costs = breakCosts(pieces);
  for (const count of SHAPED) {
    const shaped = count < least ? null : bestShape(pieces, costs, count, room);
    if (shaped) return shaped;
  }
  return bestLines(pieces, costs, textWidth(title) / least, room);
}

/** The widest word of a heading, in ems: a column this wide need not split it. */
export const widestWord = (title: string): number => Math.max(0, ...wordPieces(title).map(textWidth));

/** Titles of so many lines are judged by their shape; more are rare and only set evenly. */
const SHAPED = [1, 2, 3];

const segmenter = new Intl.Segmenter("zh-CN", { granularity: "word" });

/** Words as a title may be broken between them: figures with their units, and marks with what they belong to. */
function wordPieces(title: string): string[] {
  const words = linePieces(title).flatMap(({ text, kept }) =>
    kept ? [text] : (text.match(/[A-Za-z0-9.()%-]+|—+|[^A-Za-z0-9.()%—-]+/gu) ?? []).flatMap(wordsOf),
  );
  const pieces: string[] = [];
  let opening = "";
  for (const word of words) {
    const last = pieces.at(-1);
    if (/^[（〔《“‘「【]+$/u.test(word)) opening += word;
    else if (last !== undefined && opening === "" && clingsTo(last, word)) pieces[pieces.length - 1] = last + word;
    else {
      pieces.push(opening + word);
      opening = "";
    }
  }
  return opening === "" ? pieces : [...pieces, opening];
}

const wordsOf = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment);

/**
 * What never begins a line: closing marks, 的, 了; the last character of a place, office or quantity that the dictionary
 * leaves alone (情况|表); and what follows a single character that is no word of its own (芗|城区, 林|淑平).
 */
function clingsTo(before: string, word: string): boolean {
  if (/^[、，；：。！？）〕》”’」】…·的了\s]/u.test(word)) return true;
  if (/^[\p{Script=Han}]$/u.test(word) && SUFFIXES.includes(word)) return !/[\s、，）》]$/u.test(before);
  return /^[\p{Script=Han}]$/u.test(before) && !PARTICLES.includes(before);
}

const SUFFIXES = "市区县镇乡村省州局委办会部厅院处科股所站表率量额数值度化性者员长家号年月日项个次级线网法";
const PARTICLES = "和与及或在是以对为把被从由向至到等于并就关同将";

/** A figure stays whole even in a column that is too narrow for it; other words fall into characters. */
function splitPieces(piece: string): string[] {
  const parts = piece.match(/[A-Za-z0-9.()%-]+年?|—+|./gsu) ?? [];
  const pieces: string[] = [];
  for (const part of parts) {
    const last = pieces.at(-1);
    if (last !== undefined && /^[、，；：。）〕》”的了]/u.test(part)) pieces[pieces.length - 1] = last + part;
    else pieces.push(part);
  }
  return pieces;
}

/** The best of all ways to make `count` lines, or null when none fits. `costs[i]` is that of ending a line with piece i. */
function bestShape(pieces: readonly string[], costs: readonly number[], count: number, room: number): string[] | null {
  const target = textWidth(pieces.join("")) / count;
  let best: string[] | null = null;
  let least = Number.POSITIVE_INFINITY;
  const take = (start: number, lines: readonly string[], cost: number): void => {
    const isLast = lines.length === count - 1;
    for (let end = isLast ? pieces.length : start + 1; end <= pieces.length; end++) {
      const line = pieces.slice(start, end).join("").trim();
      if (textWidth(line) > room || line === "") return;
      const all = [...lines, line];
      const whole = cost + (textWidth(line) - target) ** 2;
      if (!isLast) take(end, all, whole + (costs[end - 1] ?? 0));
      else if (whole + waist(all) < least) [best, least] = [all, whole + waist(all)];
    }
  };
  take(0, [], 0);
  return best;
}

function waist(lines: readonly string[]): number {
  const [first = 0, middle = 0, last = 0] = lines.map(textWidth);
  return last > 0 && middle < first && middle < last ? 60 : 0;
}

/** Cheapest way to set pieces[0..n], for n = 1, 2, …: the square of each line's distance from the even width. */
function bestLines(pieces: readonly string[], costs: readonly number[], target: number, room: number): string[] {
  const best: { lines: string[]; cost: number }[] = [{ lines: [], cost: 0 }];
  for (let end = 1; end <= pieces.length; end++) {
    let found = { lines: [pieces.slice(0, end).join("")], cost: Number.POSITIVE_INFINITY };
    for (let start = end - 1; start >= 0; start--) {
      const line = pieces.slice(start, end).join("").trim();
      const width = textWidth(line);
      const before = best[start];
      if (before === undefined || (width > room && start < end - 1)) break;
      const cost = before.cost + (width - target) ** 2 + (end < pieces.length ? (costs[end - 1] ?? 0) : 0);
      if (cost < found.cost) found = { lines: [...before.lines, line], cost };
    }
    best.push(found);
  }
  return best.at(-1)?.lines ?? [];
}

/** The fixed terms of such titles, which the dictionary knows only in parts. */
const PHRASES =
  /国民经济和社会发展计划|国民经济|执行情况|人民代表大会常务委员会|人民代表大会|常务委员会|人民政府|发展和改革|工作安排|[上下]半年/gu;

/** A line may end after a mark or before a bracket, ends well after a place or a time, and worse elsewhere. */
function breakCosts(pieces: readonly string[]): number[] {
  const inside = new Set<number>();
  for (const { index, 0: phrase } of pieces.join("").matchAll(PHRASES))
    for (let at = index + 1; at < index + phrase.length; at++) inside.add(at);
  let offset = 0;
  return pieces.map((before, index) => {
    offset += before.length;
    if (inside.has(offset)) return 1000;
    if (/[，、；：）》”\s]$/u.test(before) || /^[(（《“]/u.test(pieces[index + 1] ?? "")) return 0;
    if (PARTICLES.includes(before)) return 150;
    return /[区县市省年]$/u.test(before) ? 4 : 100;
  });
}
