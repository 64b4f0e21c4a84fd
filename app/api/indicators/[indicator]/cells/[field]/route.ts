import { FIGURE_FIELDS } from "../../../../../../domain/indicator/figure";
import { getCellDetail } from "../../../../../../domain/indicator/queries";
import { transact } from "../../../../../../domain/kernel/context";
import { isOneOf } from "../../../../../../domain/kernel/roles";
import { runApi } from "../../../../../_server/run-api";

type Params = { params: Promise<{ indicator: string; field: string }> };

/** What is known of one cell: its changes with their authors, and the files that prove it. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  return runApi(request, "cell", async (ctx) => {
    const { indicator, field } = await params;
    if (!isOneOf(field, FIGURE_FIELDS)) return Response.json({ key: "not-found" }, { status: 404 });
    return Response.json(await transact(ctx, (tx) => getCellDetail(tx, indicator, field)));
  });
}
