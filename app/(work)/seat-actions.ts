"use server";

import { z } from "zod";
import { addSeat, handOver } from "../../domain/route/seats";
import { GiveSeat } from "../../domain/route/schema";
import type { FormState } from "../form-state";
import { runChange } from "../_server/run-action";

const Given = GiveSeat.extend({ how: z.enum(["add", "hand"]) });

/** 加签 or 转办. */
export async function giveSeat(_: FormState, form: FormData): Promise<FormState> {
  return runChange(Given, form, (ctx, { how, ...input }) => (how === "add" ? addSeat : handOver)(ctx, input));
}
