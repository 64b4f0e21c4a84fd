import { addEvidence, authorizeEvidence } from "../../../../../domain/evidence/mutations";
import { EVIDENCE_LIMIT } from "../../../../../domain/evidence/sniff";
import { readUpload, runApi } from "../../../../_server/run-api";

type Params = { params: Promise<{ section: string }> };

/** Takes a file that is attached to a leaf's text: multipart with `file`. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  return runApi(request, "evidence", async (ctx) => {
    const { section } = await params;
    await authorizeEvidence(ctx, { sectionId: section });
    const upload = await readUpload(request, EVIDENCE_LIMIT);
    if (!upload) return Response.json({ key: "invalid" }, { status: 400 });
    return Response.json(await addEvidence(ctx, { sectionId: section, name: upload.name, bytes: upload.bytes }));
  });
}
