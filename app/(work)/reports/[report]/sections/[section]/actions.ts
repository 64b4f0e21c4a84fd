"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { acceptStale, keepStale } from "../../../../../../domain/section/bindings";
import { setBrief } from "../../../../../../domain/section/briefs";
import { returnSection, withdrawSection } from "../../../../../../domain/section/decisions";
import { restoreRevision, reviseSection, submitSection } from "../../../../../../domain/section/mutations";
import {
  DecideStale,
  KeepStale,
  MoveSection,
  RestoreRevision,
  ReturnSection,
  SetBrief,
  SubmitSection,
} from "../../../../../../domain/section/schema";
import { runAction, runChange } from "../../../../../_server/run-action";
import type { FormState } from "../../../../../form-state";

export async function submit(_: FormState, form: FormData): Promise<FormState> {
  return runChange(SubmitSection, form, submitSection);
}

export async function withdraw(_: FormState, form: FormData): Promise<FormState> {
  return runChange(MoveSection, form, withdrawSection);
}

/** 继续修改: the approved text is worked on again. */
export async function revise(_: FormState, form: FormData): Promise<FormState> {
  return runChange(MoveSection, form, reviseSection);
}

const Restore = RestoreRevision.extend({
  history: z.string().regex(/^\/reports\/[a-z0-9-]+\/sections\/[0-9a-f-]{36}\/history$/),
});

/** An older text comes back; then its history, where it stands on top. */
export async function restore(_: FormState, form: FormData): Promise<FormState> {
  return runAction(Restore, form, async (ctx, { history, ...input }) => {
    const { revision, kept } = await restoreRevision(ctx, input);
    revalidatePath("/", "layout");
    redirect(`${history}?done=${revision}${kept === null ? "" : `&kept=${kept}`}`);
  });
}

/** What the lead bureau asks of a leaf. */
export async function brief(_: FormState, form: FormData): Promise<FormState> {
  return runChange(SetBrief, form, setBrief);
}

/** The approved text takes a figure's new value. */
export async function acceptFigure(_: FormState, form: FormData): Promise<FormState> {
  return runChange(DecideStale, form, acceptStale);
}

/** The approved text keeps a figure's old value, with a note. */
export async function keepFigure(_: FormState, form: FormData): Promise<FormState> {
  return runChange(KeepStale, form, keepStale);
}

/** The approved text goes back, the paragraph of the figure pinned. */
export async function correctFigure(_: FormState, form: FormData): Promise<FormState> {
  return runChange(ReturnSection, form, returnSection);
}
