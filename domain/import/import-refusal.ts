/** Why a file is not imported at all: keys of messages/<locale>/import.json, put after "refused-". */
export const IMPORT_REFUSALS = [
  "empty",
  "too-large", // megabytes
  "too-much-inside", // megabytes, unpacked
  "too-long", // paragraphs, characters
  "old-word", // .doc or .wps
  "encrypted",
  "macros",
  "damaged",
  "not-document",
  "encoding",
  "no-text",
  "busy", // too many are being read at this moment
] as const;
export type ImportRefusalKey = (typeof IMPORT_REFUSALS)[number];

/** `params` are those of the message. */
export class ImportRefused extends Error {
  override readonly name = "ImportRefused";
  constructor(
    readonly key: ImportRefusalKey,
    readonly params: Record<string, string | number> = {},
  ) {
    super(key);
  }
}
