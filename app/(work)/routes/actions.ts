"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { ArchiveTemplate, PlannedStep, SaveTemplate } from "../../../domain/route/schema";
import { archiveTemplate, saveTemplate } from "../../../domain/route/templates";
import type { FormState } from "../../form-state";
import { runAction, runChange } from "../../_server/run-action";

const Typed = z.object({
  name: z.string(),
  action: z.string(),
  role: z.string(),
  mode: z.string(),
  quorum: z.string().default(""),
  skippable: z.string().optional(),
  people: z.string().max(2000).default(""),
});

/** A form's step: everything is words, `people` are ids between blanks, and a number counts only where it is asked for. */
const TypedStep = z.preprocess((value) => {
  const typed = Typed.safeParse(value);
  if (!typed.success) return value;
  const { quorum, skippable, people, ...step } = typed.data;
  return {
    ...step,
    office: step.action === "sign" ? "owner" : step.action === "confirm" ? "confirmer" : "any",
    quorum: step.mode === "quorum" ? quorum : null,
    skippable: skippable !== undefined,
    people: people.split(" ").filter(Boolean),
  };
}, PlannedStep);

const TypedTemplate = SaveTemplate.extend({ steps: z.array(TypedStep).min(1).max(12) });

export async function save(_: FormState, form: FormData): Promise<FormState> {
  return runAction(TypedTemplate, form, async (ctx, input) => {
    await saveTemplate(ctx, input);
    redirect("/routes");
  });
}

export async function archive(_: FormState, form: FormData): Promise<FormState> {
  return runChange(ArchiveTemplate, form, archiveTemplate);
}
