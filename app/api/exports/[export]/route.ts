import { readExport } from "../../../../domain/export/queries";
import { transact } from "../../../../domain/kernel/context";
import { isUuid } from "../../../../domain/kernel/uuid";
import { failureWords } from "../../../_server/failure-words";
import { runApi } from "../../../_server/run-api";
import { untilTold } from "../../../_server/until-told";
import { watching } from "../../../_server/context";

type Params = { params: Promise<{ export: string }> };

const PATIENCE_MS = 20_000;

/**
 * How it stands with what was asked for; `?wait` answers only when it is done or has failed, or after twenty seconds. Of a
 * preview the pages by hash, each at /api/exports/pages/<hash>.
 */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  return runApi(
    request,
    "export",
    async (ctx) => {
      const { export: id } = await params;
      if (!isUuid(id)) return Response.json({ key: "not-found" }, { status: 404 });
      const read = () => transact(ctx, (tx) => readExport(tx, id));
      let state = await read();
      if (new URL(request.url).searchParams.has("wait") && isUnfinished(state)) {
        await untilTold(
          `export:${id}`,
          { ms: PATIENCE_MS, signal: request.signal, userId: ctx.actor.userId },
          async () => {
            state = await read();
            return isUnfinished(state) ? null : state;
          },
        );
      }
      const { status, step, steps, place, pages, refusal } = state;
      const failure = refusal ? { key: refusal.key, message: await failureWords(refusal) } : null;
      return Response.json({ id, status, step, steps, place, pages, failure });
    },
    watching,
  );
}

const isUnfinished = ({ status }: { status: string }): boolean => status === "queued" || status === "running";
