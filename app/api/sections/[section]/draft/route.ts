import { z } from "zod";
import { transact } from "../../../../../domain/kernel/context";
import { CONTENT_LIMITS } from "../../../../../domain/section/content-limits";
import { saveSection } from "../../../../../domain/section/mutations";
import { readNewerDraft } from "../../../../../domain/section/open-draft";
import { SaveSection } from "../../../../../domain/section/schema";
import { StaleSave } from "../../../../../domain/section/stale-save";
import { watching } from "../../../../_server/context";
import { readJson, runApi } from "../../../../_server/run-api";

type Params = { params: Promise<{ section: string }> };

const After = z.coerce.number().int().min(-1).max(2_000_000_000).default(-1);

/** The working copy for its department if it is newer than `?after=`, else 204. Asked by an open page: keeps nobody signed in. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  return runApi(
    request,
    "draft",
    async (ctx) => {
      const after = After.safeParse(new URL(request.url).searchParams.get("after") ?? undefined);
      if (!after.success) return Response.json({ key: "invalid" }, { status: 400 });
      const { section } = await params;
      const draft = await transact(ctx, (tx) => readNewerDraft(tx, ctx, section, after.data));
      if (!draft) return new Response(null, { status: 204 });
      return Response.json(draft, { headers: { "cache-control": "private, no-store" } });
    },
    watching,
  );
}

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
