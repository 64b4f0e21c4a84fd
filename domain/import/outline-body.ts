import type { LineRole } from "./classify-lines";
import type { LeftOver, Run } from "./imported-document";
import { textOf, without, type Line } from "./lines";
import { bridgeTitle, bulletsTitle, introTitle, itemTitle, leadTitle } from "./node-titles";
import { rankOf } from "./number-mark";
import type { DraftNode } from "./outline-draft";

/** What a leaf may grow to: well below the limits of a text (domain/section/content.ts). */
const MOST = { blocks: 400, characters: 100_000 } as const;
/** Below one heading (domain/section/numbering.ts). */
const MOST_HEADINGS = 99;

/** Gathers the lines between the front and the annexes into headings and leaves, in reading order. */
export class OutlineBody {
  readonly nodes: DraftNode[];
  readonly #leftOver: LeftOver[];
  #part: DraftNode | null = null;
  #chapter: DraftNode | null = null;
  /** The leaf that a paragraph without a sign of its own goes on in, and how deep its number is. */
  #open: DraftNode | null = null;
  #depth = 0;
  #hasLead = false;
  #isClosing = false;
  /** Headings, or null for the whole, that something stands under: the first words there are called 导语, or 开头语. */
  readonly #begun = new Set<DraftNode | null>();

  constructor(front: readonly DraftNode[], leftOver: LeftOver[]) {
    this.nodes = [...front];
    this.#leftOver = leftOver;
  }

  /** `isLastPart`: no other part's heading follows. */
  add(line: Line, role: LineRole, isLastPart: boolean): void {
    if (line.text.length > MOST.characters) {
      this.#leftOver.push({ reason: "too-long", block: line.block, text: line.text });
      return;
    }
    if (this.#isClosing) return this.#append(line, "");
    switch (role.as) {
      case "part":
      case "chapter":
        return this.#addHeading(line, role);
      case "item":
        return this.#addItem(line, role);
      case "bullet":
        return this.#addBullet(line, role.taken);
      case "lead":
        return this.#addLead(line);
      case "plain":
        return isLastPart && this.#part && CLOSING.test(line.text) ? this.#addClosing(line) : this.#addText(line, "");
    }
  }

  #addHeading(line: Line, { as, taken, title }: Extract<LineRole, { as: "part" | "chapter" }>): void {
    const parent = as === "part" ? null : this.#part;
    const before = this.nodes.filter((each) => each.parent === parent && each.kind === as).length;
    // Official numbers end at 九十九: what goes on counting is no outline, and its lines are text.
    if (before === MOST_HEADINGS) return this.#addText(line, "");
    const node = this.#begin(parent, as, title);
    node.source.push({ block: line.block, taken, kept: title });
    if (as === "part") this.#part = node;
    this.#chapter = as === "part" ? null : node;
    this.#open = null;
    const behind = taken.length + title.length;
    const stop = line.text.slice(behind, behind + 1);
    const rest = without(line, behind + 1);
    if (rest.text !== "") this.#addText(rest, stop);
    else if (stop !== "") node.source.push({ block: line.block, taken: stop, kept: "" });
  }

  #addItem(line: Line, { taken, depth }: Extract<LineRole, { as: "item" }>): void {
    const open = this.#open;
    const isBelowLead = open?.kind === "text" && this.#hasLead && depth > ITEM;
    if (isBelowLead || (open?.kind === "item" && depth > this.#depth)) return this.#append(line, "");
    const rest = without(line, taken.length);
    this.#open = this.#begin(this.#heading, "item", itemTitle(rest.text));
    this.#depth = depth;
    this.#append(rest, taken);
  }

  #addBullet(line: Line, taken: string): void {
    const rest = without(line, taken.length);
    const open = this.#open;
    const goesOn = open && (open.kind !== "text" || this.#hasLead);
    if (!goesOn) {
      const before = open?.source.at(-1)?.kept ?? "";
      this.#open = this.#begin(this.#heading, "bullets", bulletsTitle(before, rest.text));
      this.#hasLead = false;
    }
    this.#append(rest, taken, "bullet");
  }

  /** A lead on a line of its own begins a leaf; within a numbered paragraph it is a line of that. */
  #addLead(line: Line): void {
    if (!this.#heading || this.#open?.kind === "item") return this.#addText(line, "");
    this.#open = this.#begin(this.#heading, "text", leadTitle(line.text));
    this.#hasLead = true;
    this.#append(line, "");
  }

  #addClosing(line: Line): void {
    this.#isClosing = true;
    this.#open = this.#begin(null, "text", "结束语");
    this.#append(line, "");
  }

  /** One printed paragraph becomes several leaves: a new one begins at each bold lead. */
  #addText(line: Line, taken: string): void {
    if (this.#open?.kind === "item") return this.#append(line, taken);
    for (const [index, { runs, lead }] of piecesOf(line).entries()) {
      const piece = { ...line, runs, text: textOf(runs) };
      if (lead !== null) {
        this.#open = this.#begin(this.#heading, "text", leadTitle(lead), index > 0);
        this.#hasLead = true;
      } else if (this.#open?.kind !== "text") {
        this.#open = this.#begin(this.#heading, "text", this.#textTitle(piece.text));
        this.#hasLead = false;
      }
      this.#append(piece, index === 0 ? taken : "");
    }
  }

  #textTitle(text: string): string {
    if (this.#begun.has(this.#heading)) return bridgeTitle(text);
    return this.#heading ? introTitle(text) : "开头语";
  }

  #append(line: Line, taken: string, type: "paragraph" | "bullet" = "paragraph"): void {
    const full = this.#open;
    if (full && isFull(full)) {
      this.#open = this.#begin(full.parent, full.kind === "bullets" ? "bullets" : "text", bridgeTitle(line.text));
    }
    this.#open?.blocks.push({ type, runs: withoutEmphasis(line) });
    this.#open?.source.push({ block: line.block, taken, kept: line.text });
  }

  #begin(parent: DraftNode | null, kind: DraftNode["kind"], title: string, runOn = false): DraftNode {
    const node: DraftNode = { parent, kind, title, runOn, blocks: [], source: [] };
    this.nodes.push(node);
    this.#begun.add(parent);
    return node;
  }

  get #heading(): DraftNode | null {
    return this.#chapter ?? this.#part;
  }
}

const ITEM = rankOf("item");

/** 主任、各位副主任，各位委员，面对… and 以上报告，请予审议 stand at the end, below no heading. */
const CLOSING =
  /^(?:尊敬的)?(?:各位|主任|同志们)[^。]{0,40}[，：:！,]|^(?:以上|特此|专此)(?:报告|汇报|.{0,8}请)|^(?:报告|汇报)完毕/;

function isFull({ blocks, source }: DraftNode): boolean {
  return blocks.length >= MOST.blocks || source.reduce((sum, { kept }) => sum + kept.length, 0) >= MOST.characters;
}

const LONGEST_LEAD = 40;

/** A whole paragraph in bold has no lead: there it is a look, and looks are not kept. */
const withoutEmphasis = ({ runs, text, isAllBold }: Line): Run[] =>
  isAllBold && text.length > LONGEST_LEAD ? [{ text, bold: false }] : runs;

/** Cuts a paragraph before each bold lead: bold words at its beginning or behind a stop that end in a stop, or at one. */
function piecesOf({ runs, isAllBold }: Line): { runs: Run[]; lead: string | null }[] {
  const pieces: { runs: Run[]; lead: string | null }[] = [];
  for (const [index, run] of runs.entries()) {
    const [before = "", behind = ""] = [runs[index - 1]?.text.slice(-1), runs[index + 1]?.text.slice(0, 1)];
    const isAtStop = before === "" || /[。；！？”）\s]/.test(before);
    const endsAtStop = STOP.test(run.text.trimEnd().slice(-1)) || STOP.test(behind);
    const isLead = run.bold && !isAllBold && isAtStop && endsAtStop && run.text.length <= LONGEST_LEAD;
    if (isLead || pieces.length === 0) pieces.push({ runs: [run], lead: isLead ? run.text : null });
    else pieces.at(-1)?.runs.push(run);
  }
  return pieces;
}

const STOP = /[。，：；、！？.,:;]/;
