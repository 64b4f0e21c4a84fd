import { fillCells } from "../../../../../domain/indicator/mutations";
import { FillCells } from "../../../../../domain/indicator/schema";
import { readJson, runApi } from "../../../../_server/run-api";

const LIMIT = 256 * 1024;

/** Keeps cells of the table; those that somebody changed meanwhile come back with what is there now. */
export async function PUT(request: Request): Promise<Response> {
  return runApi(request, "figures", async (ctx) => {
    const input = FillCells.safeParse(await readJson(request, LIMIT));
    if (!input.success) return Response.json({ key: "invalid" }, { status: 400 });
    return Response.json(await fillCells(ctx, input.data));
  });
}
