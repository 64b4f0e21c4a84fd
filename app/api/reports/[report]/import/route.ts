import { getReportImport } from "../../../../../domain/import/queries";
import { previewReport } from "../../../../../domain/import/report-preview";
import { transact } from "../../../../../domain/kernel/context";
import { DomainError } from "../../../../../domain/kernel/errors";
import { withImport } from "../../../../_server/read-import";
import { runApi } from "../../../../_server/run-api";

type Params = { params: Promise<{ report: string }> };

/** Reads a document and says what it would put where. Keeps nothing: the page shows it, and confirms it with the file. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  return runApi(request, "import", async (ctx) => {
    const { report: slug } = await params;
    const report = await transact(ctx, (tx) => getReportImport(tx, ctx, slug));
    if (report.refusal) throw new DomainError(report.refusal);
    return withImport(request, ctx, async ({ outline, name }) => {
      const { pieces, ...preview } = previewReport(outline, report);
      const untouched = report.nodes.flatMap(({ id, isUntouched }) => (isUntouched ? [id] : []));
      return Response.json({
        ...preview,
        file: name,
        untouched,
        pieces: pieces.map(({ bound: _, ...piece }) => piece),
      });
    });
  });
}
