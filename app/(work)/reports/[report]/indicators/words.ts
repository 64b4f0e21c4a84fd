import { getLocale } from "next-intl/server";
import { loadMessages, type Locale, type Messages } from "../../../../../messages/load";
import type { EvidenceWords } from "../../../evidence-forms";

/** What the table says in the browser, as plain strings: it needs no message catalogue there. {…} are filled in there. */
export type GridWords = Pick<Messages["indicator"], "status" | "sheet" | "act" | "rail" | "xlsx"> & {
  locale: Locale;
  signInHref: string;
  close: string;
  field: Messages["figure"]["field"];
  state: Messages["figure"]["state"];
  formula: Messages["figure"]["formula"];
  error: Messages["figure"]["error"];
  workbook: Messages["figure"]["workbook"];
  check: Messages["check"];
  finding: Messages["binding"]["finding"];
  revise: Messages["route"]["revise"];
  evidence: EvidenceWords;
  returns: Messages["returns"];
  /** Why nothing was done: the domain's refusals, and those of a workbook. */
  refusal: Messages["refusal"] & Messages["figure"]["workbook"];
};

export async function gridWords(path: string): Promise<GridWords> {
  const locale = await getLocale();
  const { app, indicator, figure, check, evidence, refusal, binding, returns } = loadMessages(locale);
  const { status, sheet, act, rail, xlsx } = indicator;
  return {
    status,
    sheet,
    act,
    rail,
    xlsx,
    check,
    returns,
    refusal: { ...refusal, ...figure.workbook },
    finding: binding.finding,
    revise: loadMessages(locale).route.revise,
    evidence: { ...evidence, attach: rail.upload, hint: rail.uploadHint, refusal },
    workbook: figure.workbook,
    field: figure.field,
    state: figure.state,
    locale,
    close: app.close,
    signInHref: `/sign-in?next=${encodeURIComponent(path)}`,
    formula: figure.formula,
    error: figure.error,
  };
}
