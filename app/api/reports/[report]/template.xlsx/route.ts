import { getAnnex } from "../../../../../domain/indicator/queries";
import { transact } from "../../../../../domain/kernel/context";
import { importTemplate } from "../../../../../render/xlsx/import-template";
import { XLSX } from "../../../../../render/xlsx/media-type";
import { fileResponse, runApi } from "../../../../_server/run-api";

type Params = { params: Promise<{ report: string }> };

/** The form to fill in outside: the rows that are the asker's to fill in, with what stands in them. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  return runApi(request, "template", async (ctx) => {
    const annex = await transact(ctx, async (tx) => getAnnex(tx, ctx, (await params).report, "mine"));
    return fileResponse(await importTemplate(annex), {
      type: XLSX,
      name: `填报表：${annex.title}.xlsx`,
      plain: `${annex.slug}-form.xlsx`,
    });
  });
}
