import { z } from "zod";
import { isStorable } from "../kernel/storable";
import { BOUND_FIELDS, CLAUSE_FORMS, COUNTS, FIGURE_FORMS, FORMS_OF } from "./binding";

export const NodeId = z.string().regex(/^[A-Za-z0-9_-]{6,40}$/);
export const IndicatorCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/);
const Shown = z.string().max(400).refine(isStorable, { message: "not-storable" });
const Wording = z
  .strictObject({ text: Shown.min(1), reason: Shown.trim().min(1) })
  .nullable()
  .default(null);

/** What a bound node holds (binding.ts), as it is checked when it comes from elsewhere: saved, or pasted. */
export const FigureAttrs = z
  .strictObject({
    id: NodeId,
    indicator: IndicatorCode,
    field: z.enum(BOUND_FIELDS),
    form: z.enum(FIGURE_FORMS),
    text: Shown,
    wording: Wording,
  })
  .refine((attrs) => FORMS_OF[attrs.field].includes(attrs.form), { message: "form-not-of-field" });
export const ClauseAttrs = z.strictObject({
  id: NodeId,
  indicator: IndicatorCode,
  form: z.enum(CLAUSE_FORMS),
  text: Shown,
  wording: Wording,
});
export const CountAttrs = z.strictObject({ id: NodeId, form: z.enum(COUNTS), text: Shown, wording: Wording });
