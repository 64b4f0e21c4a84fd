import { transact } from "../../../../../domain/kernel/context";
import { DomainError } from "../../../../../domain/kernel/errors";
import { readDraftState } from "../../../../../domain/section/open-draft";
import { lookAtSession } from "../../../../../domain/user/session";
import { watching, type SignedIn } from "../../../../_server/context";
import { live, openStream } from "../../../../_server/live";
import { runApi } from "../../../../_server/run-api";
import { WindowId } from "../../../../_server/section-room";
import { within } from "../../../../_server/within";

type Params = { params: Promise<{ section: string }> };

/** No page waits longer for the database to listen; its browser comes back. */
const PATIENCE_MS = 5_000;

/**
 * Tells a page of its department what happens to a leaf while it is open (server-sent events): `state` at the start,
 * every minute and after a gap, `draft` when a text was saved, `moved` when it went on or back, `people` who else has it
 * open. No text. Ends when the sign-in or the right to see the leaf does.
 */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  return runApi(request, "live", (ctx) => follow(request, ctx, params), watching);
}

async function follow(request: Request, ctx: SignedIn, params: Params["params"]): Promise<Response> {
  const { section } = await params;
  const window = WindowId.safeParse(new URL(request.url).searchParams.get("window"));
  if (!window.success) return Response.json({ key: "invalid" }, { status: 400 });
  const state = () => transact(ctx, (tx) => readDraftState(tx, ctx, section));
  await state();
  const stream = openStream(ctx.actor.userId);
  if (!stream) return Response.json({ key: "busy" }, { status: 503 });
  const showState = async () => stream.send("state", await state());
  const room = live().rooms.enter(section, {
    user: ctx.actor.userId,
    window: window.data,
    send: stream.send,
    lookAgain: () => void showState().catch(() => {}),
  });
  stream.onEnd(room.leave);
  try {
    await within(PATIENCE_MS, room.ready);
    // Read once more: whatever was saved since the first look may have been told before anybody listened.
    await showState();
  } catch (error) {
    stream.end();
    throw error;
  }
  return stream.response(request.signal, async () => {
    const session = await lookAtSession(ctx.db, ctx.token);
    if (session?.actor.membershipId !== ctx.actor.membershipId) return false;
    return showState().then(
      () => true,
      (error: unknown) => {
        if (error instanceof DomainError) return false;
        throw error;
      },
    );
  });
}
