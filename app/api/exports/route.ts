import { askForExport } from "../../../domain/export/mutations";
import { AskExport } from "../../../domain/export/schema";
import { readJson, runApi } from "../../_server/run-api";

/** Asks for a file, as JSON (domain/export/schema.ts). 202 with its id, whether it is new or was asked for before. */
export async function POST(request: Request): Promise<Response> {
  return runApi(request, "ask-export", async (ctx) => {
    const asked = AskExport.safeParse(await readJson(request, 4_096));
    if (!asked.success) return Response.json({ key: "invalid" }, { status: 400 });
    const made = await askForExport(ctx, asked.data);
    return Response.json(made, { status: 202, headers: { location: `/api/exports/${made.id}` } });
  });
}
