import { and, eq } from "drizzle-orm";
import type { Context } from "../../domain/kernel/context";
import { transact } from "../../domain/kernel/context";
import { FIGURE_FIELDS } from "../../domain/indicator/figure";
import {
  confirmIndicators,
  fillCells,
  passIndicators,
  returnIndicator,
  signIndicators,
  submitIndicators,
} from "../../domain/indicator/mutations";
import { indicators } from "../schema";
import type { DemoRow } from "./indicators";
import type { FigureStop } from "./next-period";

/** Who acts for an office: the loader knows its people. */
type Cast = (office: string, role: "drafter" | "signer" | "lead") => Context;

/** Fills in one row by its office and takes it along its way as far as `until`, every step by whose step it is. */
export async function takeIndicator(
  as: Cast,
  reportId: string,
  row: DemoRow,
  until: FigureStop,
  reason = "",
): Promise<void> {
  const drafter = as(row.owner, "drafter");
  const indicatorId = await idOf(drafter, reportId, row.code);
  const typed = until === "drafting" ? (["lastActual", "planTotal", "planGrowth"] as const) : FIGURE_FIELDS;
  await fillCells(drafter, {
    cells: typed.flatMap((field) => {
      const figure = row.figures[field];
      const cell = { indicatorId, field, version: 0, reason: field === "completion" ? row.completionReason : null };
      return figure ? [{ ...cell, figure }] : [];
    }),
  });
  if (until === "drafting") return;
  const at = (version: number) => ({ rows: [{ indicatorId, version }] });
  await submitIndicators(drafter, at(1));
  if (until === "signing") return;
  await signIndicators(as(row.owner, "signer"), at(2));
  if (until === "confirming") return;
  if (row.confirmer) await confirmIndicators(as(row.confirmer, "signer"), at(3));
  if (until === "reviewing") return;
  const lead = as("", "lead");
  const version = row.confirmer ? 4 : 3;
  if (until === "approved") return passIndicators(lead, at(version));
  await returnIndicator(lead, { indicatorId, version, reasons: [{ field: "actual", text: reason }] });
}

async function idOf(ctx: Context, reportId: string, code: string): Promise<string> {
  const [row] = await transact(ctx, (tx) =>
    tx
      .select({ id: indicators.id })
      .from(indicators)
      .where(and(eq(indicators.reportId, reportId), eq(indicators.code, code))),
  );
  if (!row) throw new Error(`the report has no indicator ${code}`);
  return row.id;
}
