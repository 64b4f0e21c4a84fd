import { readEvidence } from "../../../../domain/evidence/mutations";
import { fileResponse, runApi } from "../../../_server/run-api";

type Params = { params: Promise<{ file: string }> };

/** A piece of evidence, to whoever may see the figure that it proves. Pictures and PDF open, the rest downloads. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  return runApi(request, "evidence", async (ctx) => {
    const file = await readEvidence(ctx, (await params).file);
    const inline = file.mediaType.startsWith("image/") || file.mediaType === "application/pdf";
    return fileResponse(file.bytes, { type: file.mediaType, name: file.name, plain: "evidence", inline });
  });
}
