"use server";

import { redirect } from "next/navigation";
import { ExplainFinding } from "../../../../domain/indicator/schema";
import { explainFinding } from "../../../../domain/indicator/waivers";
import { rollForward } from "../../../../domain/report/open";
import { RollForward } from "../../../../domain/report/schema";
import {
  arrangeTimetable,
  permitLate,
  setDepartmentDay,
  setStepDays,
  urge,
} from "../../../../domain/timetable/mutations";
import { ArrangeTimetable, PermitLate, SetDepartmentDay, SetStepDays, Urge } from "../../../../domain/timetable/schema";
import type { FormState } from "../../../form-state";
import { runAction, runChange } from "../../../_server/run-action";

/** Lets a finding stand with a written explanation. */
export async function explain(_: FormState, form: FormData): Promise<FormState> {
  return runChange(ExplainFinding, form, explainFinding);
}

export async function openNextPeriod(_: FormState, form: FormData): Promise<FormState> {
  return runAction(RollForward, form, async (ctx, input) => {
    await rollForward(ctx, input);
    redirect(`/reports/${input.slug}`);
  });
}

/** 催办: one item, a department, or whatever is late. */
export async function urgeDepartments(_: FormState, form: FormData): Promise<FormState> {
  return runChange(Urge, form, urge);
}

export async function arrange(_: FormState, form: FormData): Promise<FormState> {
  return runChange(ArrangeTimetable, form, arrangeTimetable);
}

export async function setSteps(_: FormState, form: FormData): Promise<FormState> {
  return runChange(SetStepDays, form, setStepDays);
}

export async function setDay(_: FormState, form: FormData): Promise<FormState> {
  return runChange(SetDepartmentDay, form, setDepartmentDay);
}

/** 延期许可 for the chosen leaves and rows of a department. */
export async function permit(_: FormState, form: FormData): Promise<FormState> {
  return runChange(PermitLate, form, permitLate);
}
