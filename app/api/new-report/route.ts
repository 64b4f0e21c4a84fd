import { previewNewReport } from "../../../domain/import/new-report";
import { getNewReport } from "../../../domain/import/queries";
import { transact } from "../../../domain/kernel/context";
import { withImport } from "../../_server/read-import";
import { runApi } from "../../_server/run-api";

/** Reads a document and says what report it would make. Keeps nothing: the page shows it, and confirms it with the file. */
export async function POST(request: Request): Promise<Response> {
  return runApi(request, "new-report", async (ctx) => {
    const { earlier } = await transact(ctx, (tx) => getNewReport(tx, ctx));
    return withImport(request, ctx, async ({ outline, name }) =>
      Response.json({ ...previewNewReport(outline, earlier, name), file: name }),
    );
  });
}
