import { z } from "zod";
import { transact } from "../../../../../domain/kernel/context";
import { BlockId } from "../../../../../domain/section/content-schema";
import { readDraftState } from "../../../../../domain/section/open-draft";
import { watching } from "../../../../_server/context";
import { live } from "../../../../_server/live";
import { readJson, runApi } from "../../../../_server/run-api";
import { topicOf, WindowId } from "../../../../_server/section-room";

type Params = { params: Promise<{ section: string }> };

const LIMIT = 1_024;
/** `block` is where the caret stands; `left` when the window goes. */
const Word = z.object({ window: WindowId, block: BlockId.nullable().default(null), left: z.boolean().default(false) });

/** Tells all windows that have the leaf open where this one is. Kept nowhere; 204, or 429 to who speaks too often. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  return runApi(
    request,
    "presence",
    async (ctx) => {
      const word = Word.safeParse(await readJson(request, LIMIT));
      if (!word.success) return Response.json({ key: "invalid" }, { status: 400 });
      const { section } = await params;
      if (!live().pace.mayGoOn(ctx.session.sessionId)) return new Response(null, { status: 429 });
      const { edits } = await transact(ctx, (tx) => readDraftState(tx, ctx, section));
      const { window, block, left } = word.data;
      const who = { user: ctx.actor.userId, window };
      live().tell({
        topic: topicOf(section),
        ...(left ? { kind: "left", data: who } : { kind: "here", data: { ...who, by: ctx.actor.label, edits, block } }),
      });
      return new Response(null, { status: 204 });
    },
    watching,
  );
}
