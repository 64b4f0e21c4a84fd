/** Why a file is no table or text of a report: keys of messages/<locale>/check.json, put after "file-". */
export const FILE_PROBLEMS = [
  "empty",
  "too-large",
  "binary",
  "encoding",
  "old-excel",
  "broken-excel",
  "encrypted-excel",
  "macro-excel",
  "no-headings",
  "heading-missing",
  "heading-twice",
  "no-rows",
  "no-text",
] as const;
export type FileProblem = (typeof FILE_PROBLEMS)[number];

/** A file that cannot be checked at all. `params` are those of the message. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  constructor(
    readonly problem: FileProblem,
    readonly params: Record<string, string | number> = {},
  ) {
    super(problem);
  }
}
