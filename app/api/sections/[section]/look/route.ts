import { getLocale } from "next-intl/server";
import { z } from "zod";
import { claimSection, releaseSection } from "../../../../../domain/review/claims";
import { rememberLook } from "../../../../../domain/review/looks";
import { actorLabel } from "../../../../../domain/user/session";
import { dateTime } from "../../../../../messages/dates";
import { watching } from "../../../../_server/context";
import { readJson, runApi } from "../../../../_server/run-api";

type Params = { params: Promise<{ section: string }> };

const LIMIT = 1_024;
const Word = z.union([
  z.object({ left: z.literal(true) }),
  z.object({ revision: z.uuid(), takeOver: z.boolean().default(false) }),
]);

/** A page of review was shown, or was left. Answers who has the text in hand now, null when nobody has. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  return runApi(
    request,
    "look",
    async (ctx) => {
      const word = Word.safeParse(await readJson(request, LIMIT));
      if (!word.success) return Response.json({ key: "invalid" }, { status: 400 });
      const { section } = await params;
      if ("left" in word.data) {
        await releaseSection(ctx, section);
        return Response.json({ claim: null });
      }
      await rememberLook(ctx, { kind: "leaf", id: section, revisionId: word.data.revision });
      const { organ, name } = ctx.session;
      const claim = await claimSection(ctx, {
        sectionId: section,
        by: actorLabel(organ, name),
        takeOver: word.data.takeOver,
      });
      const at = claim && dateTime(claim.since, await getLocale());
      return Response.json({ claim: claim && { by: claim.by, at, mine: claim.mine } });
    },
    watching,
  );
}
