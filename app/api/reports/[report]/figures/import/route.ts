import { importDryRun } from "../../../../../../domain/indicator/files/import-dry-run";
import { readIndicatorWorkbook } from "../../../../../../domain/indicator/files/read-workbook";
import { getAnnex } from "../../../../../../domain/indicator/queries";
import { transact } from "../../../../../../domain/kernel/context";
import { readUpload, runApi } from "../../../../../_server/run-api";

type Params = { params: Promise<{ report: string }> };

const LIMIT = 5 * 1024 * 1024;

/** Reads a workbook and says what it would change, cell by cell. Keeps nothing: the grid applies it and saves. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  return runApi(request, "import", async (ctx) => {
    const { report } = await params;
    const annex = await transact(ctx, (tx) => getAnnex(tx, ctx, report));
    const upload = await readUpload(request, LIMIT);
    if (!upload) return Response.json({ key: "invalid" }, { status: 400 });
    const read = await readIndicatorWorkbook(upload.bytes, { ...annex, indicators: annex.rows });
    if ("refusal" in read) return Response.json(read.refusal, { status: 422 });
    const mine = annex.rows.filter((row) => row.mayFill);
    const run = importDryRun(mine, read);
    const others = read.cells.filter((cell) => !mine.some((row) => row.code === cell.code));
    return Response.json({
      changes: run.changes.map(({ indicator, ...change }) => ({
        ...change,
        code: indicator,
        indicatorId: mine.find((row) => row.code === indicator)?.id ?? "",
      })),
      same: run.same,
      errors: run.errors,
      unknown: [
        ...read.unknownRows.map(({ name }) => name),
        ...new Set(others.map(({ code }) => annex.rows.find((row) => row.code === code)?.officialName ?? code)),
        ...read.unknownColumns.map(({ heading }) => heading),
      ],
    });
  });
}
