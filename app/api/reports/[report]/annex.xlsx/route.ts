import { getAnnex } from "../../../../../domain/indicator/queries";
import { transact } from "../../../../../domain/kernel/context";
import { annexWorkbook } from "../../../../../render/xlsx/annex-workbook";
import { XLSX } from "../../../../../render/xlsx/media-type";
import { fileResponse, runApi } from "../../../../_server/run-api";

type Params = { params: Promise<{ report: string }> };

/** The table as a workbook, with the figures that the asker may see. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  return runApi(request, "annex", async (ctx) => {
    const annex = await transact(ctx, async (tx) => getAnnex(tx, ctx, (await params).report));
    return fileResponse(await annexWorkbook(annex), {
      type: XLSX,
      name: `${annex.title}.xlsx`,
      plain: `${annex.slug}-annex.xlsx`,
    });
  });
}
