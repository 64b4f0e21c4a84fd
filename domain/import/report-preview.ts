import { canonicalJson, sha256Hex } from "../kernel/canonical-json";
import { DomainError } from "../kernel/errors";
import { isHeading } from "../section/workflow";
import { compareFigures, type FiguresComparison } from "./compare-figures";
import type { ImportedOutline } from "./recognise-outline";
import type { LaidText } from "./mutations";
import type { ReportImport } from "./queries";
import { planReport, type ReportPlan } from "./report-plan";
import type { ConfirmImport } from "./schema";

export type ReportPreview = ReportPlan & {
  /** Pins the texts, their places and the proposals: nothing else than what it stands for can be confirmed. */
  shown: string;
  /** Null when the file has no table of figures, or the report's annex is not compiled from indicators. */
  figures: FiguresComparison | null;
};

/** What a file would do to a report, before anybody has agreed to it. */
export function previewReport(outline: ImportedOutline, report: ReportImport): ReportPreview {
  const { nodes: places, year, half, indicators } = report;
  const rows = indicators.map(({ row }) => row);
  const plan = planReport(outline, { places, rows, year, half });
  const isCompiled = places.some(({ kind }) => kind === "indicators");
  const shown = sha256Hex(
    canonicalJson({
      report: report.id,
      leaves: places.flatMap(({ id, kind, title }) => (isHeading(kind) ? [] : [{ id, kind, title }])),
      pieces: plan.pieces.map(({ key, title, content, bound }) => ({ key, title, content, bound })),
      leftOver: plan.leftOver,
      headings: plan.headings,
    }),
  );
  const figures =
    isCompiled && outline.figures
      ? compareFigures(
          indicators.map(({ row, sees }) => ({ row, isSeen: sees !== "nothing" })),
          outline.figures.rows,
        )
      : null;
  return { ...plan, shown, figures };
}

/**
 * The texts that were agreed to, of a file that was read once more. Throws import-changed when the file, the outline or
 * the indicators are no longer those that were shown.
 */
export function agreedTexts(outline: ImportedOutline, report: ReportImport, input: ConfirmImport): LaidText[] {
  const { shown, pieces } = previewReport(outline, report);
  if (shown !== input.shown) throw new DomainError("import-changed");
  return input.choices.map(({ sectionId, piece }) => {
    const found = pieces.find(({ key }) => key === piece);
    if (!found) throw new DomainError("import-changed");
    return input.bind
      ? { sectionId, content: found.bound, figures: found.figures }
      : { sectionId, content: found.content, figures: 0 };
  });
}
