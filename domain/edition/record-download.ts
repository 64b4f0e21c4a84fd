import type { Transaction } from "../../db/client";
import { record } from "../audit/record";
import type { Context } from "../kernel/context";

/** Who took a file of an edition, and in which format. */
export async function recordDownload(
  tx: Transaction,
  ctx: Context,
  taken: { editionId: string; reportId: string; format: string },
): Promise<void> {
  await record(tx, ctx, {
    action: "edition.download",
    subject: taken.editionId,
    reportId: taken.reportId,
    detail: { format: taken.format },
  });
}
