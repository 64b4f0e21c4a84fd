import { isUnended, type Line } from "./lines";
import { numberMark, rankOf, type NumberMark, type NumberStyle } from "./number-mark";

/**
 * What a line is in the outline, before its neighbours say where it belongs. `taken` is its number or bullet; text may go
 * on behind the title of a heading. `depth` counts from the outermost way of numbering.
 */
export type LineRole =
  | { as: "part" | "chapter"; taken: string; title: string }
  | { as: "item"; taken: string; depth: number }
  | { as: "bullet"; taken: string }
  | { as: "lead" }
  | { as: "plain" };

/**
 * Headings by their words first: whichever ways of numbering stand on lines of their own, the outermost is the parts' and
 * the next the chapters'. Only then by style, and where a document numbers nothing, by bold lines.
 */
export function classifyLines(lines: readonly Line[]): LineRole[] {
  const marked = lines.map((line) => ({ line, mark: bulletMark(line) === "" ? numberMark(line.text) : null }));
  const headings = headingStyles(marked);
  const unnumbered = unnumberedHeadings(marked, headings);
  const chapters = seriesIn(marked, headings.chapter ?? "chapter");
  const parts = marked.some((each) => each.mark?.style === headings.part && isHeadingLine(each));
  let part = 0;
  return marked.map((each, index): LineRole => {
    const { line, mark } = each;
    const bullet = bulletMark(line);
    if (bullet !== "") return { as: "bullet", taken: bullet };
    if (!mark) return unnumbered.get(index) ?? { as: "plain" };
    const level = levelOf(mark, headings);
    const isOneOfMany = level === "part" ? parts && mark.ordinal === part + 1 : chapters.get(index) === true;
    const title = level && headingIn(each, mark, isOneOfMany);
    if (level === null || title === null) return { as: "item", taken: mark.printed, depth: rankOf(mark.style) };
    if (level === "part") part = mark.ordinal;
    return { as: level, taken: mark.printed, title };
  });
}

type Marked = { line: Line; mark: NumberMark | null };
type Headings = { part: NumberStyle | null; chapter: NumberStyle | null };

const BULLET = /^(?:——|—{1,2}|--|[•●■◆▪□◇·➢✓]|[-–*+](?=[\s\p{Script=Han}]))\s*(?=\S)/u;
const LONGEST_HEADING = 60;
const LONGEST_STYLED = 100;
const LONGEST_RUN_IN = 40;

const bulletMark = ({ text, label }: Line): string => {
  const [mark = ""] = BULLET.exec(text) ?? [];
  // A hyphen that the program put there is a bullet whatever follows.
  return mark === "" && /^[-–*+]$/.test(label) ? label : mark;
};

/** A line of its own, without the stop of a sentence; a style for headings allows for more. */
function isHeadingLine({ line, mark }: Marked): boolean {
  const rest = line.text.slice(mark?.printed.length ?? 0);
  if (line.look.level !== null && rest.length <= LONGEST_STYLED) return true;
  if (/^[^。！？；\n]{2,40}。$/.test(rest)) return mark?.style !== "item" && mark?.style !== "point";
  return rest.length <= LONGEST_HEADING && isUnended(rest) && !/[。；！？]/.test(rest);
}

/** 一、 and （一） are headings wherever they stand alone; 1. only in a document that has no other. */
function headingStyles(marked: readonly Marked[]): Headings {
  const standing = new Set(marked.flatMap((each) => (each.mark && isHeadingLine(each) ? each.mark.style : [])));
  const outer = (["division", "clause", "part", "chapter"] as const).filter((style) => standing.has(style));
  const [part = null, chapter = null] = outer;
  if (part === "chapter") return { part, chapter: null };
  if (part !== null) return { part, chapter: chapter ?? (standing.has("legal") ? "legal" : null) };
  if (!standing.has("item")) return { part: standing.has("legal") ? "legal" : null, chapter: null };
  const inner = (["legal", "point"] as const).find((style) => standing.has(style));
  return { part: "item", chapter: inner ?? null };
}

function levelOf({ style }: NumberMark, headings: Headings): "part" | "chapter" | null {
  if (style === headings.part) return "part";
  return style === headings.chapter || (style === "chapter" && headings.part === "part") ? "chapter" : null;
}

/**
 * The words of a numbered heading, or null for a paragraph that is numbered. A sentence with its text behind it is a
 * heading only among others: parts that stand alone, with the next number; chapters as `seriesIn` has it.
 */
function headingIn(own: Marked, mark: NumberMark, isOneOfMany: boolean): string | null {
  const rest = own.line.text.slice(mark.printed.length);
  if (isHeadingLine(own)) return rest;
  const end = rest.slice(0, LONGEST_RUN_IN + 1).search(/[。：！？]/);
  return isOneOfMany && end >= 2 ? rest.slice(0, end) : null;
}

/**
 * For each line of that style, whether its series, the lines up to the next outer number, has a heading on a line of its
 * own, or numbered paragraphs or bullets below one.
 */
function seriesIn(marked: readonly Marked[], style: NumberStyle): Map<number, boolean> {
  const series: { lines: number[]; isOfHeadings: boolean }[] = [{ lines: [], isOfHeadings: false }];
  for (const [index, each] of marked.entries()) {
    const { mark } = each;
    if (mark && rankOf(mark.style) < rankOf(style)) series.push({ lines: [], isOfHeadings: false });
    const last = series.at(-1);
    if (mark?.style !== style || !last) continue;
    const next = marked[index + 1];
    const hasBelow = next?.mark ? rankOf(next.mark.style) > rankOf(style) : next && bulletMark(next.line) !== "";
    last.lines.push(index);
    last.isOfHeadings ||= isHeadingLine(each) || hasBelow === true;
  }
  return new Map(series.flatMap(({ lines, isOfHeadings }) => lines.map((line) => [line, isOfHeadings] as const)));
}

/** Headings without a number: by their styles' levels; in a document without any, lines that are all bold. */
function unnumberedHeadings(marked: readonly Marked[], { part }: Headings): Map<number, LineRole> {
  const candidates = [...marked.entries()].filter(([, { line, mark }]) => mark === null && bulletMark(line) === "");
  const styled = candidates.filter(
    ([, { line }]) => line.look.level !== null && line.text.length <= LONGEST_STYLED && isUnended(line.text),
  );
  const bold = candidates.filter(
    ([, each]) => each.line.look.level === null && each.line.isAllBold && each.line.text.length <= LONGEST_RUN_IN,
  );
  const numbered = marked.flatMap(({ line, mark }) =>
    mark?.style === part && line.look.level !== null ? line.look.level : [],
  );
  const levels = [...new Set([...styled.map(([, { line }]) => line.look.level ?? 0), ...numbered])].sort(
    (a, b) => a - b,
  );
  const roles = new Map<number, LineRole>();
  const offset = part !== null && numbered.length === 0 ? 1 : 0;
  for (const [index, { line }] of styled) {
    const rank = levels.indexOf(line.look.level ?? 0) + offset;
    const as = rank === 0 ? "part" : rank === 1 ? "chapter" : "lead";
    roles.set(index, as === "lead" ? { as } : { as, taken: "", title: line.text });
  }
  const isOnlyMark = part === null && styled.length === 0;
  for (const [index, each] of bold) {
    const isHeading = isOnlyMark && isHeadingLine(each);
    roles.set(index, isHeading ? { as: "part", taken: "", title: each.line.text } : { as: "lead" });
  }
  return roles;
}
