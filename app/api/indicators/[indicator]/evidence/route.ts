import { addEvidence, authorizeEvidence } from "../../../../../domain/evidence/mutations";
import { EVIDENCE_LIMIT } from "../../../../../domain/evidence/sniff";
import { FIGURE_FIELDS } from "../../../../../domain/indicator/figure";
import { isOneOf } from "../../../../../domain/kernel/roles";
import { readUpload, runApi } from "../../../../_server/run-api";

type Params = { params: Promise<{ indicator: string }> };

/** Takes a file that proves a figure: multipart with `file` and `field`. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  return runApi(request, "evidence", async (ctx) => {
    const { indicator } = await params;
    await authorizeEvidence(ctx, { indicatorId: indicator });
    const upload = await readUpload(request, EVIDENCE_LIMIT);
    const field = upload?.field("field") ?? "";
    if (!upload || !isOneOf(field, FIGURE_FIELDS)) return Response.json({ key: "invalid" }, { status: 400 });
    return Response.json(
      await addEvidence(ctx, { indicatorId: indicator, field, name: upload.name, bytes: upload.bytes }),
    );
  });
}
