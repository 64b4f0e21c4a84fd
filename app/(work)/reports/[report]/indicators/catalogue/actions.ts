"use server";

import { z } from "zod";
import {
  addCatalogueEntry,
  editCatalogueEntry,
  moveCatalogueEntry,
  removeCatalogueEntry,
} from "../../../../../../domain/indicator/catalogue";
import { NUMERIC_FIELDS } from "../../../../../../domain/indicator/figure";
import { AddEntry, EditEntry, MoveEntry, MoveIndicator } from "../../../../../../domain/indicator/schema";
import { runChange } from "../../../../../_server/run-action";
import type { FormState } from "../../../../../form-state";

const Typed = z.looseObject({ aliases: z.string() });

/** A form has texts only: aliases by 、, and one field for the decimals of each figure, blank for any. */
function fromForm(form: unknown): unknown {
  const typed = Typed.safeParse(form);
  if (!typed.success) return form;
  const decimals = NUMERIC_FIELDS.flatMap((field) => {
    const places = typed.data[`decimals-${field}`];
    return typeof places === "string" && places.trim() !== "" ? [[field, places]] : [];
  });
  const aliases = typed.data.aliases.split(/[、，,;；\n]/).map((alias) => alias.trim());
  return { ...typed.data, aliases: aliases.filter((alias) => alias !== ""), decimals: Object.fromEntries(decimals) };
}

export async function addEntry(_: FormState, form: FormData): Promise<FormState> {
  return runChange(z.preprocess(fromForm, AddEntry), form, addCatalogueEntry);
}

export async function editEntry(_: FormState, form: FormData): Promise<FormState> {
  return runChange(z.preprocess(fromForm, EditEntry), form, editCatalogueEntry);
}

export async function moveEntry(_: FormState, form: FormData): Promise<FormState> {
  return runChange(MoveEntry, form, moveCatalogueEntry);
}

export async function removeEntry(_: FormState, form: FormData): Promise<FormState> {
  return runChange(MoveIndicator, form, removeCatalogueEntry);
}
