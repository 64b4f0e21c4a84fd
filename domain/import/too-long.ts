import { ImportRefused } from "./import-refusal";

/** Many times what a report has; what comes after the readers may take its time with each. */
const MOST = { paragraphs: 5000, characters: 1_000_000 } as const;

/** Throws ImportRefused "too-long". Readers ask as they go, so that a file cannot make more of itself than this. */
export function refuseTooLong(paragraphs: number, characters: number): void {
  if (paragraphs > MOST.paragraphs || characters > MOST.characters) throw new ImportRefused("too-long", MOST);
}
