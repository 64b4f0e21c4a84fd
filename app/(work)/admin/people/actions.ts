"use server";

import { revalidatePath } from "next/cache";
import {
  createUser,
  endMembership,
  grantMembership,
  resetPassword,
  setUserDisabled,
  signOutEverywhere,
} from "../../../../domain/user/mutations";
import { CreateUser, EndMembership, GrantMembership, ResetPassword, UserRef } from "../../../../domain/user/schema";
import type { FormState } from "../../../form-state";
import { runAction } from "../../../_server/run-action";

export async function createAccount(_: FormState, form: FormData): Promise<FormState> {
  return runAction(CreateUser, form, async (ctx, input) => {
    await createUser(ctx, input);
    refreshPeople();
  });
}

export async function disableAccount(_: FormState, form: FormData): Promise<FormState> {
  return runAction(UserRef, form, async (ctx, { userId }) => {
    await setUserDisabled(ctx, userId, true);
    refreshPeople();
  });
}

export async function restoreAccount(_: FormState, form: FormData): Promise<FormState> {
  return runAction(UserRef, form, async (ctx, { userId }) => {
    await setUserDisabled(ctx, userId, false);
    refreshPeople();
  });
}

export async function setPassword(_: FormState, form: FormData): Promise<FormState> {
  return runAction(ResetPassword, form, async (ctx, input) => {
    await resetPassword(ctx, input);
    refreshPeople();
  });
}

export async function grantPost(_: FormState, form: FormData): Promise<FormState> {
  return runAction(GrantMembership, form, async (ctx, input) => {
    await grantMembership(ctx, input);
    refreshPeople();
  });
}

export async function endPost(_: FormState, form: FormData): Promise<FormState> {
  return runAction(EndMembership, form, async (ctx, { membershipId }) => {
    await endMembership(ctx, membershipId);
    refreshPeople();
  });
}

export async function endSignIns(_: FormState, form: FormData): Promise<FormState> {
  return runAction(UserRef, form, async (ctx, { userId }) => {
    await signOutEverywhere(ctx, userId);
    refreshPeople();
  });
}

function refreshPeople(): void {
  revalidatePath("/admin/people", "layout");
}
