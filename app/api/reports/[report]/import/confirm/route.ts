import { importTexts } from "../../../../../../domain/import/mutations";
import { getReportImport } from "../../../../../../domain/import/queries";
import { agreedTexts } from "../../../../../../domain/import/report-preview";
import { ConfirmImport } from "../../../../../../domain/import/schema";
import { transact } from "../../../../../../domain/kernel/context";
import { DomainError } from "../../../../../../domain/kernel/errors";
import { jsonIn, withImport } from "../../../../../_server/read-import";
import { runApi } from "../../../../../_server/run-api";

type Params = { params: Promise<{ report: string }> };

/**
 * Lays the texts that were agreed to: the same file once more, with the choices and the fingerprint of what was shown. What
 * is no longer what was shown is refused (import-changed), and then nothing is laid.
 */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  return runApi(request, "import-confirm", async (ctx) => {
    const { report: slug } = await params;
    const report = await transact(ctx, (tx) => getReportImport(tx, ctx, slug));
    if (report.refusal) throw new DomainError(report.refusal);
    return withImport(request, ctx, async ({ outline, name, field }) => {
      const input = ConfirmImport.safeParse(jsonIn(field("choices")));
      if (!input.success) return Response.json({ key: "invalid" }, { status: 400 });
      const texts = agreedTexts(outline, report, input.data);
      return Response.json(await importTexts(ctx, { reportId: report.id, fileName: name }, texts));
    });
  });
}
