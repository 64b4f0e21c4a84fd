"use server";

import {
  addReply,
  answerNone,
  disposeReply,
  publishTable,
  urgeAnswers,
  withdrawReply,
} from "../../../../domain/consultation/mutations";
import { AddReply, DisposeReply, OfEdition, WithdrawReply } from "../../../../domain/consultation/schema";
import { runChange } from "../../../_server/run-action";
import type { FormState } from "../../../form-state";

export async function comment(_: FormState, form: FormData): Promise<FormState> {
  return runChange(AddReply, form, addReply);
}

export async function haveNone(_: FormState, form: FormData): Promise<FormState> {
  return runChange(OfEdition, form, answerNone);
}

export async function withdraw(_: FormState, form: FormData): Promise<FormState> {
  return runChange(WithdrawReply, form, withdrawReply);
}

export async function dispose(_: FormState, form: FormData): Promise<FormState> {
  return runChange(DisposeReply, form, disposeReply);
}

export async function urge(_: FormState, form: FormData): Promise<FormState> {
  return runChange(OfEdition, form, urgeAnswers);
}

export async function publish(_: FormState, form: FormData): Promise<FormState> {
  return runChange(OfEdition, form, publishTable);
}
