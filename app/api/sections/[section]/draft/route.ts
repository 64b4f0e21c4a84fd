import { CONTENT_LIMITS } from "../../../../../domain/section/content";
import { saveSection } from "../../../../../domain/section/mutations";
import { SaveSection } from "../../../../../domain/section/schema";
import { StaleSave } from "../../../../../domain/section/stale-save";
import { readJson, runApi } from "../../../../_server/run-api";

type Params = { params: Promise<{ section: string }> };

/** Saves the working copy. 409 carries the text that is there; 4xx and 503 say in JSON why nothing was saved. */
export async function PUT(request: Request, { params }: Params): Promise<Response> {
  return runApi(request, "save", async (ctx) => {
    const body = await readJson(request, CONTENT_LIMITS.bytes);
    const input = SaveSection.safeParse({ ...body, sectionId: (await params).section });
    if (!input.success) return Response.json({ key: "invalid" }, { status: 400 });
    try {
      const saved = await saveSection(ctx, input.data);
      return Response.json({ status: "saved", ...saved });
    } catch (error) {
      if (!(error instanceof StaleSave)) throw error;
      return Response.json({ status: "conflict", current: error.current }, { status: 409 });
    }
  });
}
