import { basesOf, mentions } from "../../domain/check/mentions";
import type { ReadingOptions } from "../../domain/check/statements";
import type { SectionSetting } from "../../domain/section/check-section";
import type { FindMentions } from "../../domain/section/recognise";
import type { SectionPage } from "../../domain/section/queries";
import type { Messages } from "../../messages/load";
import { figureGuide, type FigureGuide } from "./figure-guide";
import { findingLines, type FindingLine } from "./finding-line";

type Shown = Pick<SectionPage, "indicators" | "reportYear" | "reportSlug" | "part" | "findings" | "text">;

/** What the pages of a section say about its numbers. `find` and `reporting` hold typed ones against the table. */
export type SectionFigures = {
  guide: FigureGuide;
  reporting: SectionSetting & Pick<ReadingOptions, "base">;
  find: FindMentions;
  findings: FindingLine[];
};

export function sectionFigures(section: Shown, { binding, check }: Messages): SectionFigures {
  const { indicators, reportYear: year, part } = section;
  // Under a heading on the months to come, no number is of this period.
  const [base] = part ? basesOf([{ id: part, kind: "heading", text: part }], { year }) : [];
  const reporting = { year, half: indicators.half, part, base };
  return {
    guide: figureGuide(indicators.rows, section.reportSlug, binding),
    reporting,
    find: (text) => mentions(text, indicators.rows, reporting),
    findings: findingLines(section.findings, section.text.content, check),
  };
}
