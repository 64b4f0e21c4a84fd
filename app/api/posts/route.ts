import { getDecidingPosts } from "../../../domain/route/queries";
import { transact } from "../../../domain/kernel/context";
import { runApi } from "../../_server/run-api";

/** The posts that can decide, for whoever is looking for somebody to name, add or hand over to. */
export async function GET(request: Request): Promise<Response> {
  return runApi(request, "posts", async (ctx) => Response.json(await transact(ctx, getDecidingPosts)));
}
