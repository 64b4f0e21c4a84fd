import { importReport } from "../../../../domain/import/mutations";
import { agreedReport } from "../../../../domain/import/new-report";
import { getNewReport } from "../../../../domain/import/queries";
import { NewReport } from "../../../../domain/import/schema";
import { transact } from "../../../../domain/kernel/context";
import { DomainError } from "../../../../domain/kernel/errors";
import { jsonIn, withImport } from "../../../_server/read-import";
import { runApi } from "../../../_server/run-api";

/** Makes the report that was agreed to: the same file once more, with its name and the fingerprint of what was shown. */
export async function POST(request: Request): Promise<Response> {
  return runApi(request, "new-report-confirm", async (ctx) => {
    const { earlier, offices } = await transact(ctx, (tx) => getNewReport(tx, ctx));
    return withImport(request, ctx, async ({ outline, field }) => {
      const input = NewReport.safeParse(jsonIn(field("report")));
      if (!input.success) {
        const fields = [...new Set(input.error.issues.map(({ path }) => String(path[0] ?? "")))];
        return Response.json({ key: "invalid-fields", params: { fields: fields.join(" ") } }, { status: 422 });
      }
      const { shown, fallback, ...report } = input.data;
      if (!offices.some(({ id }) => id === fallback)) throw new DomainError("not-found");
      const { nodes, entries } = agreedReport(outline, earlier, { shown, fallback });
      await importReport(ctx, report, nodes, entries);
      return Response.json({ slug: report.slug });
    });
  });
}
