import { getLocale } from "next-intl/server";
import { loadMessages, type Messages } from "../../../../../messages/load";

/** What the table says in the browser, as plain strings: it needs no message catalogue there. {…} are filled in there. */
export type GridWords = Pick<Messages["indicator"], "status" | "sheet" | "act" | "rail" | "xlsx"> & {
  locale: string;
  signInHref: string;
  field: Messages["figure"]["field"];
  state: Messages["figure"]["state"];
  formula: Messages["figure"]["formula"];
  error: Messages["figure"]["error"];
  workbook: Messages["figure"]["workbook"];
  check: Messages["check"];
  finding: Messages["binding"]["finding"];
  /** Why nothing was done: the domain's refusals, and those of a workbook. */
  refusal: Messages["refusal"] & Messages["figure"]["workbook"];
};

export async function gridWords(path: string): Promise<GridWords> {
  const locale = await getLocale();
  const { indicator, figure, check, refusal, binding } = loadMessages(locale);
  const { status, sheet, act, rail, xlsx } = indicator;
  return {
    status,
    sheet,
    act,
    rail,
    xlsx,
    check,
    refusal: { ...refusal, ...figure.workbook },
    finding: binding.finding,
    workbook: figure.workbook,
    field: figure.field,
    state: figure.state,
    locale,
    signInHref: `/sign-in?next=${encodeURIComponent(path)}`,
    formula: figure.formula,
    error: figure.error,
  };
}
