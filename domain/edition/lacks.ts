import { and, asc, eq, isNull, ne } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { indicators, organs, sections } from "../../db/schema";
import type { MissingLeaf } from "../../render/compile";
import type { ReportDocument } from "../../render/report-document";
import { checkReport } from "../check/check-report";
import { isBlocking, type Finding } from "../check/finding";
import { isRowStale } from "../indicator/load";
import { waivedIn } from "../indicator/waivers";
import type { Context } from "../kernel/context";
import type { Compiled } from "../report/compile-report";
import { checkBlocks, leafOfFinding } from "../report/findings";
import { staleInReport } from "../section/bindings";
import { isStale } from "../section/load";

/** What stands between a compiled report and its seal. All empty: it is ready. */
export type Lacks = {
  /** Leaves and rows without an approval. */
  missing: MissingLeaf[];
  /** Approved ones that their departments are working on again. */
  stale: MissingLeaf[];
  /** Leaves that quote a figure which has moved since. */
  moved: { section: string; title: string }[];
  /** Errors that nobody has explained, in the text and the table that would be sealed. */
  findings: { finding: Finding; leaf: { id: string; title: string } | null }[];
};

export const countLacks = ({ missing, stale, moved, findings }: Lacks): number =>
  missing.length + stale.length + moved.length + findings.length;

/** Asks all that sending for approval asks (domain/report/mutations.ts), and for the findings of this very text. */
export async function readLacks(
  tx: Transaction,
  ctx: Context,
  reportId: string,
  { document, missing }: Pick<Compiled, "document" | "missing">,
): Promise<Lacks> {
  const rows = and(eq(indicators.reportId, reportId), isNull(indicators.removedAt));
  const [open, staleLeaves, staleRows, figures, findings] = await Promise.all([
    // Not by what is missing in print: a text quotes a figure though the report prints no table.
    document.indicators
      ? []
      : tx
          .select({ section: indicators.id, title: indicators.officialName, department: organs.name })
          .from(indicators)
          .innerJoin(organs, eq(organs.id, indicators.organId))
          .where(and(rows, ne(indicators.status, "approved")))
          .orderBy(asc(indicators.position)),
    tx
      .select({ section: sections.id, title: sections.title, department: organs.name })
      .from(sections)
      .innerJoin(organs, eq(organs.id, sections.organId))
      .where(and(eq(sections.reportId, reportId), isStale))
      .orderBy(asc(sections.position), asc(sections.id)),
    tx
      .select({ section: indicators.id, title: indicators.officialName, department: organs.name })
      .from(indicators)
      .innerJoin(organs, eq(organs.id, indicators.organId))
      .where(and(rows, isRowStale))
      .orderBy(asc(indicators.position)),
    staleInReport(tx, ctx, reportId),
    blockingFindings(tx, reportId, document),
  ]);
  const moved = new Map(figures.map(({ sectionId, title }) => [sectionId, title]));
  return {
    missing: [...missing, ...open.map((row) => ({ kind: "indicator" as const, ...row }))],
    stale: [
      ...staleLeaves.map((leaf) => ({ kind: "leaf" as const, ...leaf })),
      ...staleRows.map((row) => ({ kind: "indicator" as const, ...row })),
    ],
    moved: Array.from(moved, ([section, title]) => ({ section, title })),
    findings,
  };
}

async function blockingFindings(
  tx: Transaction,
  reportId: string,
  document: ReportDocument,
): Promise<Lacks["findings"]> {
  const { half, year } = document.report;
  const found = checkReport(checkBlocks(document), document.indicators ?? [], { half, year });
  const blocking = (await waivedIn(tx, reportId, found.filter(isBlocking))).filter(isBlocking);
  return blocking.map((finding) => ({ finding, leaf: leafOfFinding(document, finding) }));
}
