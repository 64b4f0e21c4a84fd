import { readFileSync } from "node:fs";
import { bindFigures } from "../../db/demo/bind";
import { readDemoTable } from "../../db/demo/indicators";
import { DEMO_OFFICES } from "../../db/demo/offices";
import { DEMO_REPORT, readDemoOutline } from "../../db/demo/outline";
import { compile } from "../../render/compile";
import type { ReportDocument } from "../../render/report-document";
import { wordBinding } from "../indicator/wording";
import { withBoundTexts } from "../section/content";

/** The real report of the first half of 2024, compiled as from the database with every leaf and figure approved. */
export function realDocument(): ReportDocument {
  const { slug, name, year, half, jurisdiction } = DEMO_REPORT;
  const table = readDemoTable(source("2024-h1.indicators.csv"));
  const rows = new Map(table.map((row) => [row.code, row]));
  const compiled = compile(
    { slug, name, jurisdiction: jurisdiction.name, year, half },
    bindFigures(readDemoOutline(REAL_MARKDOWN), table).map(({ key, parent, office, content, ...node }) => ({
      ...node,
      id: `s-${key}`,
      parentId: parent === null ? null : `s-${parent}`,
      department: officeName(office),
      revision: content && {
        id: `r-${key}`,
        number: 1,
        content: withBoundTexts(content, (binding) => wordBinding(binding, rows, half)),
      },
    })),
    table.map(({ owner, confirmer: _, ...row }) => ({
      id: `i-${row.code}`,
      department: officeName(owner),
      name: row.officialName,
      revision: { id: `ir-${row.code}`, number: 1, row: { ...row, sources: {} } },
    })),
  );
  if (compiled.missing.length > 0) throw new Error(`Not all is there: ${JSON.stringify(compiled.missing)}`);
  return compiled.document;
}

/** What its Markdown export is to say, to the character. */
export const REAL_MARKDOWN = source("2024-h1.clean.md");

function source(file: string): string {
  return readFileSync(new URL(`../../db/demo/${file}`, import.meta.url), "utf8");
}

function officeName(code: string): string {
  const office = DEMO_OFFICES.find((each) => each.code === code);
  if (!office) throw new RangeError(`No office ${code}`);
  return office.name;
}
