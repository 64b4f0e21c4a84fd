import { numberMark } from "./number-mark";

/** What was repaired: keys of messages/<locale>/import.json, `repair`. */
export const REPAIR_KINDS = [
  "invisible", // zero-width characters, soft hyphens, marks of direction, control characters
  "symbol", // signs of Word's symbol fonts, which have no place in Unicode
  "line-break",
  "width", // full-width digits and letters
  "punctuation",
  "repeated", // 。。
  "quote",
  "space",
] as const;
export type RepairKind = (typeof REPAIR_KINDS)[number];

/** `from` to `to` of the text as it was becomes `insert`. */
export type Repair = { kind: RepairKind; from: number; to: number; insert: string };

export type Normalised = {
  text: string;
  /** In order, none touching the same characters: an editor applies them from the last to the first, as one step. */
  repairs: Repair[];
  /** How many of each kind, the most frequent first. */
  counts: { kind: RepairKind; count: number }[];
};

/**
 * Chinese as official texts print it: full-width punctuation between Chinese, half-width digits and letters, no blanks
 * between Chinese and digits, paired quotes, no break within a sentence. Numbers, addresses of the net and English stay.
 * Doing it twice changes nothing more.
 */
export function normalise(text: string): Normalised {
  let state: State = { pieces: piecesOf(text), removed: [] };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = wordsOf(state);
    for (const [kind, pass] of PASSES) state = applied(state, kind, pass(wordsOf(state)));
    if (wordsOf(state) === before) break;
  }
  const repairs = repairsOf(state, text);
  const counts = REPAIR_KINDS.map((kind) => ({ kind, count: repairs.filter((each) => each.kind === kind).length }));
  return {
    text: wordsOf(state),
    repairs,
    counts: counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count),
  };
}

/** One repair makes room for another: a comma becomes Chinese, and then the blank behind it goes. */
const MOST_ROUNDS = 6;

type Edit = { from: number; to: number; insert: string };

const HAN = "\\p{Script=Han}〇";
const WIDE = `${HAN}，。；：、？！“”‘’（）《》〈〉【】〔〕「」『』…—～`;
const BLANK = "[ \\u3000]";
const pattern = (source: string): RegExp => new RegExp(source, "gu");

/** Addresses of the net and of mail. */
const ADDRESS =
  /(?:https?:\/\/|www\.)[\x21-\x7e]*(?<=[\w/]|\(\w*\))|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}/g;

const PASSES: readonly [RepairKind, (text: string) => Edit[]][] = [
  ["invisible", (text) => replaced(text, INVISIBLE, () => "")],
  ["symbol", (text) => replaced(text, /[\uf020-\uf0ff]/g, symbol)],
  ["line-break", lineBreaks],
  ["width", widths],
  ["punctuation", brackets],
  ["punctuation", punctuation],
  ["repeated", repetitions],
  ["quote", quotes],
  ["space", spaces],
];

/** A joiner between the parts of a picture character is part of it. Blanks and line ends have passes of their own. */
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex
  /(?:(?<!\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)\u200d|[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb])+/gu;

/** The letters of Wingdings and Symbol in their private place; □ stands for what is not known, so that it is seen. */
const symbol = (sign: string): string => SYMBOLS.get(sign) ?? "□";
const SYMBOLS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    20: " ",
    "6c": "●",
    "6e": "■",
    "6f": "□",
    71: "❑",
    75: "◆",
    76: "❖",
    a7: "▪",
    a8: "□",
    b0: "°",
    b1: "±",
    b3: "≥",
    a3: "≤",
    b4: "×",
    b7: "•",
    b8: "÷",
    d8: "➢",
    df: "←",
    e0: "→",
    fb: "✗",
    fc: "✓",
    fe: "☑",
  }).map(([code, sign]) => [String.fromCharCode(0xf000 + Number.parseInt(code, 16)), sign]),
);

/** Edits for each match outside addresses; a match that `by` gives null for, or itself, stays. */
function replaced(text: string, search: RegExp, by: (found: string, at: number) => string | null): Edit[] {
  const kept = [...text.matchAll(ADDRESS)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
  return [...text.matchAll(search)].flatMap((match) => {
    const edit = { from: match.index, to: match.index + match[0].length };
    if (kept.some(({ from, to }) => edit.from < to && from < edit.to)) return [];
    const insert = by(match[0], match.index);
    return insert === null || insert === match[0] ? [] : [{ ...edit, insert }];
  });
}

const SENTENCE_END = /[。！？；：!?;:][”’）)》]?$/;

/** A break stays where a sentence has ended before it, or where a numbered line or a bullet follows. */
function lineBreaks(text: string): Edit[] {
  return replaced(text, /(?<![ \t\u3000])[ \t\u3000]*(?:\r\n|[\n\r\v\f\u2028\u2029])[\s\u3000]*/g, (found, at) => {
    const [before, next] = [text.slice(0, at), text.slice(at + found.length)];
    if (before === "" || next === "") return "";
    const line = before.slice(before.lastIndexOf("\n") + 1);
    const isOwn = SENTENCE_END.test(before) || numberMark(next) !== null || /^(?:——|[•●■◆])/.test(next);
    if (isOwn || (numberMark(line) !== null && line.length < LONGEST_HEADING)) return "\n";
    return /[\w,.;]$/.test(before) && /^\w/.test(next) ? " " : "";
  });
}

const LONGEST_HEADING = 30;

function widths(text: string): Edit[] {
  const toHalf = (found: string): string => found.normalize("NFKC");
  return [
    ...replaced(text, /[０-９Ａ-Ｚａ-ｚ]+/g, toHalf),
    ...replaced(text, /(?<=[0-9０-９])(?:％|．(?=[0-9０-９]))/g, toHalf),
  ];
}

const CHINESE = new RegExp(`[${WIDE}]`, "u");

/** A pair is full-width when there is Chinese in it or beside it, or when one of it is. */
function brackets(text: string): Edit[] {
  const isBeside = (at: number, step: 1 | -1): boolean => {
    let next = at + step;
    while (text.charAt(next) === " ") next += step;
    return CHINESE.test(characterAt(text, next, step));
  };
  const open: number[] = [];
  const wide = new Set<number>();
  for (const { index: close, 0: found } of text.matchAll(/[()（）]/g)) {
    if (found === "(" || found === "（") {
      open.push(close);
      continue;
    }
    const from = open.pop();
    if (from === undefined) {
      if (isBeside(close, -1) || isBeside(close, 1)) wide.add(close);
    } else if (CHINESE.test(text.slice(from, close + 1)) || isBeside(from, -1) || isBeside(close, 1)) {
      wide.add(from).add(close);
    }
  }
  for (const at of open) if (isBeside(at, -1) || isBeside(at, 1)) wide.add(at);
  return replaced(text, /[()]/g, (found, at) => (wide.has(at) ? (found === "(" ? "（" : "）") : null));
}

function characterAt(text: string, at: number, step: 1 | -1): string {
  const isTail = step === -1 && /[\udc00-\udfff]/.test(text.charAt(at));
  const code = text.codePointAt(isTail ? at - 1 : at);
  return code === undefined ? "" : String.fromCodePoint(code);
}

const FULL: Readonly<Record<string, string>> = { ",": "，", ";": "；", ":": "：", "?": "？", "!": "！" };
const BESIDE_CHINESE = pattern(`(?<=[${WIDE}]${BLANK}*)[,;:?!]|[,;:?!](?=${BLANK}*[${WIDE}])`);
/** A full stop behind Chinese, a closing mark or a percentage that ends there. */
const STOP = pattern(`(?<=[${HAN}”’）》]|\\d%)\\.(?![.\\w])`);
const DOTS = pattern(`(?<=[${WIDE}])\\.{3,}|\\.{3,}(?=[${WIDE}])`);
const DASHES = pattern(`(?<=[${WIDE}])-{2,}|(?<![!-~])-{2,}(?=${BLANK}*[${WIDE}])`);

function punctuation(text: string): Edit[] {
  const mark = numberMark(text)?.printed.length ?? 0;
  return [
    ...replaced(text, BESIDE_CHINESE, (found) => FULL[found] ?? null),
    // 一. is a number.
    ...replaced(text, STOP, (_, at) => (at < mark ? null : "。")),
    ...replaced(text, DOTS, () => "……"),
    ...replaced(text, DASHES, () => "——"),
  ];
}

function repetitions(text: string): Edit[] {
  return replaced(text, /([，。；：、？！])\1+|[，、；](?=[。！？])/g, (found) => {
    if (/^。{3,}$/.test(found)) return "……";
    return found.length === 1 ? "" : found.charAt(0);
  });
}

function quotes(text: string): Edit[] {
  if (!CHINESE.test(text)) return [];
  return [
    ...pairs(text, /["＂“”]/g, /["＂]/, "“”"),
    // An apostrophe stands between letters.
    ...pairs(text, /(?<![A-Za-z])['＇]|['＇](?![A-Za-z])|[‘’]/g, /['＇]/, "‘’"),
  ];
}

/** Straight quotes become open and closing ones by turns; so do curly ones that all turn the same way. */
function pairs(text: string, search: RegExp, straight: RegExp, [open = "", close = ""]: string): Edit[] {
  const found = replaced(text, search, (quote) => `${quote}?`).map(({ from }) => from);
  const marks = found.map((at) => text.charAt(at));
  const isOneWay = found.length % 2 === 0 && new Set(marks).size === 1;
  const straights = marks.filter((mark) => straight.test(mark)).length;
  const curlyIsOpen = marks.filter((mark) => mark === open).length - marks.filter((mark) => mark === close).length;
  if (!isOneWay && (straights + curlyIsOpen) % 2 !== 0) return [];
  let isOpen = false;
  return found.flatMap((at, index) => {
    const mark = marks[index] ?? "";
    const isFixed = !isOneWay && !straight.test(mark);
    const insert = isFixed ? mark : isOpen ? close : open;
    isOpen = insert === open;
    return insert === mark ? [] : [{ from: at, to: at + 1, insert }];
  });
}

const MARK = /[，。；：、？！“”‘’（）《》〈〉【】〔〕「」『』…—～]/;
/** 一级主任科员 林淑平: a name behind a post is set apart, and so may be its characters. */
const NAME = new RegExp(`(?<=[长员任记师席理人表])${BLANK}+(?:[${HAN}]${BLANK}*){2,4}$`, "u");

/** 第一部分 总体情况 */
const SET_APART: ReadonlySet<string> = new Set(["division", "clause", "legal"]);

function spaces(text: string): Edit[] {
  let line = { from: 0, to: -1, name: 0, apart: 0 };
  const lineAt = (at: number): typeof line => {
    if (at >= line.from && at <= line.to) return line;
    const from = text.lastIndexOf("\n", at) + 1;
    const end = text.indexOf("\n", at);
    const to = end === -1 ? text.length : end;
    const words = text.slice(from, to);
    const number = numberMark(words);
    const apart = number && SET_APART.has(number.style) ? number.printed.length : 0;
    line = { from, to, apart, name: NAME.exec(words)?.index ?? Number.POSITIVE_INFINITY };
    return line;
  };
  return replaced(text, /[ \t\u00a0\u2000-\u200a\u202f\u3000]+/g, (found, at) => {
    const { from, to, name, apart } = lineAt(at);
    const end = at + found.length;
    if (at === from || end === to) return "";
    if (end - from === apart) return null;
    const [before, next] = [characterAt(text, at - 1, -1), characterAt(text, end, 1)];
    if (MARK.test(before) || MARK.test(next)) return "";
    const isDigit = /\d/.test(before) || /\d/.test(next);
    const hasChinese = CHINESE.test(before) || CHINESE.test(next);
    if (hasChinese && (isDigit || before === "%")) return "";
    if (/\d/.test(before) && next === "%") return "";
    if (CHINESE.test(before) && CHINESE.test(next)) return at - from >= name ? null : "";
    return " ";
  });
}

/** One for each character of the text as it stands, with the characters that it came from. */
type Piece = { text: string; from: number; to: number; kind: RepairKind | null };
type State = { pieces: Piece[]; removed: Piece[] };

function piecesOf(text: string): Piece[] {
  return Array.from({ length: text.length }, (_, at) => ({ text: text.charAt(at), from: at, to: at + 1, kind: null }));
}

const wordsOf = ({ pieces }: State): string => pieces.map((piece) => piece.text).join("");

function applied({ pieces, removed }: State, kind: RepairKind, edits: readonly Edit[]): State {
  if (edits.length === 0) return { pieces, removed };
  const kept: Piece[] = [];
  const gone = [...removed];
  let at = 0;
  for (const { from, to, insert } of edits.toSorted((a, b) => a.from - b.from)) {
    kept.push(...pieces.slice(at, from));
    const origin = { from: pieces[from]?.from ?? 0, to: pieces[to - 1]?.to ?? 0, kind };
    if (insert === "") gone.push({ text: "", ...origin });
    else kept.push({ text: insert, ...origin });
    at = to;
  }
  // A piece is one character: what was put in for several begins where they began.
  const spread = [...kept, ...pieces.slice(at)].flatMap((piece) =>
    piece.text.length === 1
      ? [piece]
      : Array.from({ length: piece.text.length }, (_, index) => ({
          ...piece,
          text: piece.text.charAt(index),
          from: index === 0 ? piece.from : piece.to,
        })),
  );
  return { pieces: spread, removed: gone };
}

/** Changes side by side of one kind are one place. */
function repairsOf({ pieces, removed }: State, original: string): Repair[] {
  const changed = [...pieces, ...removed]
    .flatMap(({ text, from, to, kind }) => (kind === null ? [] : [{ kind, from, to, insert: text }]))
    .sort((a, b) => a.from - b.from || Number(a.to > a.from) - Number(b.to > b.from) || b.to - a.to);
  const repairs: Repair[] = [];
  for (const each of changed) {
    const last = repairs.at(-1);
    // What was taken out of the middle of a change is part of it.
    if (last && (each.from < last.to || (last.kind === each.kind && each.from === last.to))) {
      last.to = Math.max(last.to, each.to);
      last.insert += each.insert;
    } else repairs.push({ ...each });
  }
  return repairs.filter(({ from, to, insert }) => original.slice(from, to) !== insert);
}
