import { z } from "zod";
import { rememberLook } from "../../../../../domain/review/looks";
import { watching } from "../../../../_server/context";
import { readJson, runApi } from "../../../../_server/run-api";

type Params = { params: Promise<{ indicator: string }> };

const LIMIT = 1_024;
const Word = z.union([z.object({ left: z.literal(true) }), z.object({ revision: z.uuid() })]);

/** A row was shown on its page of review. Rows are decided on in an instant, so nobody has one in hand. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  return runApi(
    request,
    "look",
    async (ctx) => {
      const word = Word.safeParse(await readJson(request, LIMIT));
      if (!word.success) return Response.json({ key: "invalid" }, { status: 400 });
      const { indicator } = await params;
      if ("revision" in word.data) {
        await rememberLook(ctx, { kind: "row", id: indicator, revisionId: word.data.revision });
      }
      return Response.json({ claim: null });
    },
    watching,
  );
}
