import type { Transaction } from "../../db/client";
import { record } from "../audit/record";
import type { Context } from "../kernel/context";
import { noteOpening } from "./openings";

/** Who took a file of an edition, and in which format. Whoever has the file has opened the edition. */
export async function recordDownload(
  tx: Transaction,
  ctx: Context,
  taken: { editionId: string; reportId: string; format: string },
): Promise<void> {
  await noteOpening(tx, ctx, { id: taken.editionId, reportId: taken.reportId });
  await record(tx, ctx, {
    action: "edition.download",
    subject: taken.editionId,
    reportId: taken.reportId,
    detail: { format: taken.format },
  });
}
