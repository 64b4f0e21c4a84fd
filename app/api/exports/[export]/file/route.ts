import { type FileFormat, readExportFile } from "../../../../../domain/export/queries";
import { fileType } from "../../../../../render/formats";
import { fileResponse, runApi } from "../../../../_server/run-api";

type Params = { params: Promise<{ export: string }> };

/** The file that was made for its asker; the download is in the audit log. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  return runApi(request, "export-file", async (ctx) => {
    const file = await readExportFile(ctx, (await params).export);
    const { type, extension } = fileType(file.format as FileFormat);
    const answer = fileResponse(file.bytes, { type, name: file.name, plain: `export.${extension}` });
    answer.headers.set("etag", `"${file.sha256}"`);
    return answer;
  });
}
