import { join } from "node:path";
import { and, asc, eq } from "drizzle-orm";
import type { Database, Transaction } from "../db/client";
import { inTerminalLanguage, OperatorError } from "../db/embedded/operator-error";
import { editions, jurisdictions, reports } from "../db/schema";
import { fileSourceOf, readSealed, type SealedEdition } from "../domain/export/sealed";
import { compileReport } from "../domain/report/compile-report";
import { archiveOf, formatsOf } from "../jobs/archive";
import type { Compiled } from "../render/compile";
import { FORMATS } from "../render/formats";
import { RenderError } from "../render/render-error";
import type { ReportDocument } from "../render/report-document";
import { projectDirectory } from "./environment";
import type { ExportFormat } from "./export-formats";
import { withOwner } from "./with-owner";
import { writeOutput } from "./write-output";

export type ExportRequest = {
  /** The report's slug. */
  report: string;
  format: ExportFormat;
  /** A file; standard output when it is not given. */
  out?: string;
  /** A sealed edition's number; the approved leaves as they stand otherwise. */
  edition?: number;
  /** Needed when several districts have a report of that name. */
  jurisdiction?: string;
  /** Export what is approved although leaves are missing. */
  partial?: boolean;
};

/** `huibao export`. Throws OperatorError for whatever the person at the terminal can put right; then nothing is written. */
export async function exportReport(request: ExportRequest): Promise<void> {
  const { format } = request;
  const isBinary = format === "zip" || FORMATS[format].binary;
  if (isBinary && request.out === undefined && process.stdout.isTTY) {
    const name = format.toUpperCase();
    throw new OperatorError(
      inTerminalLanguage(
        `${name} 不能显示在终端里，请用 --out 指定文件。`,
        `${name} cannot be shown in a terminal: name a file with --out.`,
      ),
    );
  }
  if (format === "zip" && request.edition === undefined) {
    throw new OperatorError(
      inTerminalLanguage(
        "ZIP 档案是封存成稿的档案，请用 --edition 指明第几号。",
        "A ZIP archive is of a sealed edition: name it with --edition.",
      ),
    );
  }
  const bytes = await withOwner(async (db) => {
    const { document, missing, sealed } = await readDocument(db, request);
    if (missing.length > 0) {
      const told = missingLeaves(missing, request.partial === true);
      if (!request.partial) throw new OperatorError(told);
      console.error(told);
    }
    return render(db, format, sealed ?? document);
  });
  await writeOutput(request.out, bytes);
}

/** The document asked for, and which leaves it lacks. Nothing is lacking in a sealed edition, whose row is beside. */
export async function readDocument(
  db: Database,
  request: ExportRequest,
): Promise<Compiled & { sealed?: SealedEdition }> {
  return db.transaction(async (tx) => {
    const report = await findReport(tx, request);
    return request.edition === undefined ? compileReport(tx, report.id) : sealedDocument(tx, report, request.edition);
  });
}

export async function findReport(
  tx: Transaction,
  { report, jurisdiction }: Pick<ExportRequest, "report" | "jurisdiction">,
): Promise<{ id: string; slug: string }> {
  const found = await tx
    .select({ id: reports.id, slug: reports.slug, district: jurisdictions.code })
    .from(reports)
    .innerJoin(jurisdictions, eq(jurisdictions.id, reports.jurisdictionId))
    .where(and(eq(reports.slug, report), jurisdiction === undefined ? undefined : eq(jurisdictions.code, jurisdiction)))
    .orderBy(asc(jurisdictions.code));
  const [only] = found;
  if (!only) throw await noSuchReport(tx, report, jurisdiction);
  if (found.length === 1) return only;
  const districts = found.map(({ district }) => district).join(", ");
  throw new OperatorError(
    inTerminalLanguage(
      `编号 ${report} 在几个行政区都有（${districts}），请用 --jurisdiction 指明。`,
      `Several districts have a report ${report} (${districts}): name one with --jurisdiction.`,
    ),
  );
}

async function noSuchReport(tx: Transaction, report: string, jurisdiction: string | undefined): Promise<OperatorError> {
  const there = await tx
    .select({ slug: reports.slug, district: jurisdictions.code })
    .from(reports)
    .innerJoin(jurisdictions, eq(jurisdictions.id, reports.jurisdictionId))
    .orderBy(asc(jurisdictions.code), asc(reports.slug))
    .limit(20);
  const names = there
    .map(({ slug, district }) => (jurisdiction === undefined ? slug : `${district}/${slug}`))
    .join(", ");
  const where = jurisdiction === undefined ? report : `${jurisdiction}/${report}`;
  return new OperatorError(
    inTerminalLanguage(
      `没有编号为 ${where} 的报告。${names ? `现有：${names}。` : "库里还没有报告。"}`,
      `There is no report ${where}. ${names ? `There are: ${names}.` : "There are no reports yet."}`,
    ),
  );
}

async function sealedDocument(
  tx: Transaction,
  report: { id: string; slug: string },
  number: number,
): Promise<Compiled & { sealed?: SealedEdition }> {
  const there = await tx
    .select({ id: editions.id, number: editions.number })
    .from(editions)
    .where(eq(editions.reportId, report.id))
    .orderBy(asc(editions.number));
  const wanted = there.find((one) => one.number === number);
  const [sealed] = wanted ? await readSealed(tx, { id: wanted.id }) : [];
  if (sealed) return { document: sealed.document, missing: [], sealed };
  const numbers = there.map((one) => one.number).join(", ");
  throw new OperatorError(
    inTerminalLanguage(
      `报告 ${report.slug} 没有第 ${number} 号成稿。${numbers ? `已封存的有：${numbers}。` : "还没有封存过成稿。"}`,
      `The report ${report.slug} has no edition ${number}. ${numbers ? `Sealed: ${numbers}.` : "None has been sealed yet."}`,
    ),
  );
}

function missingLeaves(missing: Compiled["missing"], partial: boolean): string {
  const lines = missing.map(({ title, department }) => `  ${department}  ${title}`);
  const head = partial
    ? inTerminalLanguage(
        `以下 ${missing.length} 个段落还没有通过，没有导出：`,
        `${missing.length} parts are not approved and were left out:`,
      )
    : inTerminalLanguage(
        `还有 ${missing.length} 个段落没有通过，没有导出。只要已通过的部分，请加 --partial：`,
        `${missing.length} parts are not approved, so nothing was exported. For what is approved, add --partial:`,
      );
  return [head, ...lines].join("\n");
}

async function render(
  db: Database,
  format: ExportFormat,
  of: ReportDocument | SealedEdition,
): Promise<string | Uint8Array> {
  const source = "sealSha256" in of ? fileSourceOf(of) : { document: of };
  const options = { fontDirectory: join(projectDirectory, "fonts") };
  try {
    if (format !== "zip") return await FORMATS[format].make(source, options);
    if (!("sealSha256" in of)) throw new RangeError("an archive of what is not sealed");
    const formats = [];
    for (const one of formatsOf(of)) {
      formats.push({ format: one, extension: FORMATS[one].extension, bytes: await FORMATS[one].make(source, options) });
    }
    return await archiveOf(db, of, formats);
  } catch (error) {
    throw error instanceof RenderError ? explainRenderError(error) : error;
  }
}

/** What a format could not be made of, for the person at the terminal. */
export function explainRenderError({ key, details }: RenderError): OperatorError {
  const list = details.join(inTerminalLanguage("、", ", "));
  switch (key) {
    case "fonts-missing":
      return new OperatorError(
        inTerminalLanguage(
          `fonts 目录缺少字体文件：${list}。请从安装包补齐后再导出。`,
          `The directory fonts lacks ${list}. Put them back from the installation, then export.`,
        ),
      );
    case "characters-missing":
      return new OperatorError(
        inTerminalLanguage(
          `有字库中没有的字：${list}。没有导出；请更换用字，或导出 md、txt、json。`,
          `No font has these characters: ${list}. Nothing was exported; replace them, or export md, txt or json.`,
        ),
      );
    case "no-table":
      return new OperatorError(
        inTerminalLanguage(
          `报告 ${list} 没有指标表，不能导出 XLSX。`,
          `The report ${list} has no table of indicators: there is no XLSX of it.`,
        ),
      );
    case "docx-failed":
      return new OperatorError(
        inTerminalLanguage(`Word 文档没有生成：${list}`, `The Word document could not be made: ${list}`),
      );
    case "pdf-failed":
      return new OperatorError(inTerminalLanguage(`PDF 没有生成：${list}`, `The PDF could not be made: ${list}`));
  }
}
