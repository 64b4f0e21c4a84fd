import { transact } from "../../../domain/kernel/context";
import { DomainError } from "../../../domain/kernel/errors";
import { readReportId } from "../../../domain/report/queries";
import { lookAtSession } from "../../../domain/user/session";
import { watching, type SignedIn } from "../../_server/context";
import { live, openStream } from "../../_server/live";
import { runApi } from "../../_server/run-api";
import type { Signal } from "../../_server/live-hub";
import { deskTopics, exportTopics, reportTopic, Watched } from "../../_server/watch-topics";
import { within } from "../../_server/within";

/** No page waits longer for the database to listen; its browser comes back. */
const PATIENCE_MS = 5_000;

/**
 * Tells an open page that what it shows has changed (server-sent events): `moved` when an item, a report or a notice did,
 * `claimed` when somebody took a text in hand or gave it up. Nothing of what or whose: the page asks again. `?report=` is
 * a report's board and reviews, `?exports=1` what they asked to be made, without either the reader's desk. Ends when the
 * sign-in, the post or the right to see the report does.
 */
export async function GET(request: Request): Promise<Response> {
  return runApi(request, "watch", (ctx) => watch(request, ctx), watching);
}

async function watch(request: Request, ctx: SignedIn): Promise<Response> {
  const asked = Watched.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return Response.json({ key: "invalid" }, { status: 400 });
  const { report, exports, since } = asked.data;
  const topicsNow = async () => {
    if (exports) return exportTopics(ctx.actor);
    return report === undefined
      ? deskTopics(ctx.actor)
      : [reportTopic(await transact(ctx, (tx) => readReportId(tx, report)))];
  };
  const topics = await topicsNow();
  const stream = openStream(ctx.actor.userId);
  if (!stream) return Response.json({ key: "busy" }, { status: 503 });
  const { hub } = live();
  const subscriber = {
    // One's own page knows already what it has taken in hand.
    hear: ({ kind, data }: Signal) => {
      if (kind !== "claimed" || data["by"] !== ctx.actor.membershipId) stream.send(kind, {});
    },
    lookAgain: () => stream.send("moved", {}),
  };
  const entered = topics.map((topic) => hub.subscribe(topic, subscriber));
  stream.onEnd(() => entered.forEach(({ leave }) => leave()));
  try {
    await within(PATIENCE_MS, Promise.all(entered.map(({ ready }) => ready)));
  } catch (error) {
    stream.end();
    throw error;
  }
  if (hub.mayHaveMoved(topics, since)) stream.send("moved", {});
  return stream.response(request.signal, async () => {
    const session = await lookAtSession(ctx.db, ctx.token);
    if (session?.actor.membershipId !== ctx.actor.membershipId) return false;
    return topicsNow().then(
      () => true,
      (error: unknown) => {
        if (error instanceof DomainError) return false;
        throw error;
      },
    );
  });
}
