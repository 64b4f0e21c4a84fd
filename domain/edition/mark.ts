import type { EditionMark } from "../../render/edition-mark";
import { printedCode } from "./seal";
import type { EditionKind } from "./workflow";

/** The kinds as they are printed, whatever language the screen has. */
export const PRINTED_KINDS: Record<EditionKind, string> = {
  consultation: "征求意见稿",
  review: "送审稿",
  submission: "送交稿",
  revised: "修改稿",
  meeting: "会议稿",
  public: "公开稿",
};

/** Kinds whose text is still open: they say so under the title. */
const UNDER_TITLE: ReadonlySet<EditionKind> = new Set(["consultation", "review", "revised"]);

/** What of an edition's row goes on its sheets. `supersedes` is the number of the edition that it corrects. */
export type MarkedEdition = {
  kind: EditionKind;
  number: number;
  code: string;
  origin: string | null;
  sealedAt: Date;
  sha256: string;
  supersedes: number | null;
  notice: string | null;
};

/** Pure: the same row gives the same mark on every machine. The notice is dated by the sealing. */
export function markOf(edition: MarkedEdition): EditionMark {
  const { kind, number, code, origin, sealedAt, sha256, supersedes, notice } = edition;
  const date = printedDay(sealedAt);
  return {
    kind: PRINTED_KINDS[kind],
    underTitle: UNDER_TITLE.has(kind),
    number,
    code: printedCode(code),
    url: verifyAddress(origin, code),
    date,
    sha256,
    correction: supersedes === null || notice === null ? null : { of: supersedes, date, text: notice },
  };
}

/** As a file of it is called: 2024年上半年…的报告（会议稿第1号）. `kind` as printed. */
export const editionName = ({ name, kind, number }: { name: string; kind: string; number: number }): string =>
  `${name}（${kind}第${number}号）`;

/** Where a code is verified; null when nobody knew the address at sealing. */
export const verifyAddress = (origin: string | null, code: string): string | null =>
  origin === null ? null : `${origin}/verify/${printedCode(code)}`;

/** 2024年8月1日, in China, which has kept UTC+8 since 1991: no time zone table of the machine takes part. */
export function printedDay(at: Date): string {
  const day = new Date(at.getTime() + 8 * 3_600_000);
  return `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日`;
}
