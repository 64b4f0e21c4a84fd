import type { Block } from "./report-document";

/**
 * 花脸稿: two editions of a report side by side, in the order of the newer one with what is gone where it stood. Leaving out
 * what is deleted and moved-from reads exactly as the newer; leaving out what is inserted and moved-to, as the older.
 */
export type Comparison = {
  from: ComparedEdition;
  to: ComparedEdition;
  blocks: ComparedBlock[];
  annexes: ComparedTable[];
  /** What was asked of the whole and of no one place: a correction's notice, a comment on the report. */
  asked: Asked[];
  /**
   * Of blocks and annexes, each counted once: one that moved and changed has moved. `cells` are those that changed, came or
   * went in tables that stand in both (their tables are not counted as changed).
   */
  counts: { inserted: number; deleted: number; changed: number; moved: number; cells: number };
};

/** `label` is 送审稿 第2号; `date` the day of sealing as printed. */
export type ComparedEdition = { name: string; label: string; number: number; date: string };

export type Change = "same" | "inserted" | "deleted";

export type ComparedSpan = { text: string; lead?: true; change: Change };

/**
 * A block that moved stands twice: where it was (moved-from: the old words, all "same") and where it is (moved-to: with the
 * changes in its words; what is "deleted" there stands in moved-from too), with the same `move` number from 1.
 */
export type ComparedBlock = ComparedText | ComparedTableInText;

export type ComparedText = {
  id: string;
  change: BlockChange;
  move?: number;
  /** How it is set; a heading's level is beside. */
  kind: TextKind;
  level?: 1 | 2;
  /** How it was set, where that is another kind or level. */
  was?: { kind: TextKind; level?: 1 | 2 };
  /** Printed before the words ("一、", "1.", "（1）", "——"), each with its own change. */
  mark: ComparedSpan[];
  spans: ComparedSpan[];
  asked: Asked[];
};

export type ComparedTableInText = {
  id: string;
  change: BlockChange;
  move?: number;
  kind: "table";
  asked: Asked[];
} & ComparedGrid;

export type BlockChange = Change | "changed" | "moved-from" | "moved-to";
export type TextKind = Exclude<Block["kind"], "table">;

/** Cells with their changes; a row or a column that is new or gone is so in every cell, also in empty ones. */
export type ComparedGrid = {
  columns: Change[];
  header: ComparedSpan[][] | null;
  rows: ComparedRow[];
};

/**
 * A row that was put elsewhere is "deleted" there and "inserted" here, with the same `move` number from 1 in its table. `of`
 * is the indicator that it prints, where that is known; `renumbered`: only its running number changed, after rows before it.
 */
export type ComparedRow = {
  change: Change | "changed";
  move?: number;
  of?: string;
  renumbered?: true;
  cells: ComparedSpan[][];
  asked?: Asked[];
};

export type ComparedTable = {
  id: string;
  /** 附件, or 附件1 where there are several. */
  mark: ComparedSpan[];
  title: ComparedSpan[];
  change: Change | "changed";
  asked: Asked[];
} & ComparedGrid;

/** Who asked for a change, as far as the record knows: a return's reason, an accepted suggestion, a consultation's comment. */
export type Asked = { kind: "return" | "suggestion" | "consultation" | "correction"; by: string; text: string };
