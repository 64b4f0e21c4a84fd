"use server";

import { acceptStale, keepStale } from "../../../../../../domain/section/bindings";
import { returnSection, submitSection, withdrawSection } from "../../../../../../domain/section/mutations";
import {
  DecideStale,
  KeepStale,
  MoveSection,
  ReturnSection,
  SubmitSection,
} from "../../../../../../domain/section/schema";
import { runChange } from "../../../../../_server/run-action";
import type { FormState } from "../../../../../form-state";

export async function submit(_: FormState, form: FormData): Promise<FormState> {
  return runChange(SubmitSection, form, submitSection);
}

export async function withdraw(_: FormState, form: FormData): Promise<FormState> {
  return runChange(MoveSection, form, withdrawSection);
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
