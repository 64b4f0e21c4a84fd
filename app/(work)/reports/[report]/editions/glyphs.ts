import { type LackingGlyph, glyphReport } from "../../../../../render/pdf/glyph-report";
import { describeCharacter } from "../../../../../render/pdf/printable";
import { RenderError } from "../../../../../render/render-error";
import type { ReportDocument } from "../../../../../render/report-document";
import type { EditionMark } from "../../../../../render/edition-mark";

type Lacking = { key: string; character: string; where: string | null; face: string };

/** Characters that no face has, and those that another face prints; or why nobody can tell. */
export type Glyphs = { none: Lacking[]; fallback: (Lacking & { fallback: string })[] } | "fonts-missing";

/** What the faces of this deployment lack of a document, with the title of the leaf that each character stands in. */
export function lackingGlyphs(document: ReportDocument): Glyphs {
  const found = reported(document);
  if (found === "fonts-missing") return found;
  const titles = new Map([
    ...document.contributions.map(({ section, title }): [string, string] => [section, title]),
    ...document.blocks.flatMap((block): [string, string][] =>
      block.kind === "heading" ? [[block.id, `${block.number}${block.text}`]] : [],
    ),
    ...document.annexes.map(({ id, title }): [string, string] => [id, title]),
  ]);
  const lacking = found.map(({ character, section, face, fallback }) => ({
    key: `${section ?? ""} ${face} ${character}`,
    character: describeCharacter(character),
    where: section === null ? null : (titles.get(section) ?? null),
    face,
    fallback,
  }));
  return {
    none: lacking.filter(({ fallback }) => fallback === null),
    fallback: lacking.flatMap(({ fallback, ...one }) => (fallback === null ? [] : [{ ...one, fallback }])),
  };
}

/** For sealing: what cannot be printed at all, the edition's own mark included. */
export function unprintable(document: ReportDocument, mark: EditionMark): string[] | "fonts-missing" {
  const found = reported(document, mark);
  if (found === "fonts-missing") return found;
  return [
    ...new Set(found.filter(({ fallback }) => fallback === null).map(({ character }) => describeCharacter(character))),
  ];
}

function reported(document: ReportDocument, mark?: EditionMark): LackingGlyph[] | "fonts-missing" {
  try {
    return glyphReport(document, mark ? { mark } : {});
  } catch (error) {
    if (error instanceof RenderError && error.key === "fonts-missing") return "fonts-missing";
    throw error;
  }
}
