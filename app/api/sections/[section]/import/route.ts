import { getSectionImport } from "../../../../../domain/import/queries";
import { planSection } from "../../../../../domain/import/section-plan";
import { transact } from "../../../../../domain/kernel/context";
import { withImport } from "../../../../_server/read-import";
import { runApi } from "../../../../_server/run-api";

type Params = { params: Promise<{ section: string }> };

/** Reads a document and says what it has for one leaf. Keeps nothing: the editor takes it in and saves it like typing. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  return runApi(request, "section-import", async (ctx) => {
    const { section: id } = await params;
    const section = await transact(ctx, (tx) => getSectionImport(tx, ctx, id));
    return withImport(request, ctx, async ({ outline, name }) => {
      const rows = section.indicators.map(({ row }) => row);
      return Response.json({ ...planSection(outline, { ...section, rows }), file: name });
    });
  });
}
