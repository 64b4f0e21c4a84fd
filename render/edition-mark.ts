/**
 * What an edition says of itself on its sheets, beside the report's own words: never part of them. Everything is pinned at
 * sealing, so that a file made again has the same bytes.
 */
export type EditionMark = {
  /** 征求意见稿, 送审稿, …: the name of the kind as printed. */
  kind: string;
  /** Printed in brackets under the title: of texts that are still open (征求意见稿, 送审稿, 修改稿). */
  underTitle: boolean;
  number: number;
  /** Ten characters in two groups: 7K2QM-9XD4A. */
  code: string;
  /** Where a reader checks it, also drawn as a QR code: https://host/verify/7K2QM-9XD4A; null when no address was known. */
  url: string | null;
  /** Day of sealing, as printed: 2024年8月1日. */
  date: string;
  /** SHA-256 of the document, in hex. */
  sha256: string;
  /** Of a correction: the number that it takes the place of, and what changed and why. */
  correction: { of: number; date: string; text: string } | null;
};
