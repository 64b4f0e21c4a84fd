/** How far a leaf of the open period has come when the demonstration begins. */
export type Stop = "drafting" | "signing" | "reviewing" | "returned" | "approved";

/**
 * 2025年上半年 on its first days: most leaves are empty, these few have moved, so that every kind of desk has something
 * waiting. Their text is last period's with the year moved on, which is how offices begin. Keys are the outline's.
 */
export const NEXT_PERIOD: readonly { key: string; until: Stop; due: number; reason?: string }[] = [
  { key: "title", until: "approved", due: 12 },
  { key: "salutation", until: "approved", due: 12 },
  { key: "opening", until: "reviewing", due: 5 },
  { key: "1.2.1", until: "signing", due: 3 },
  { key: "1.2.2", until: "drafting", due: 3 },
  { key: "1.3.1", until: "reviewing", due: -2 },
  {
    key: "1.3.3",
    until: "returned",
    due: -1,
    reason: "36家是本期新增数，28家是第一批推荐数，请分别注明截止日期，并补写累计家数。",
  },
  { key: "1.3.2", until: "signing", due: 2 },
  { key: "1.3.7", until: "signing", due: 5 },
  { key: "1.4.1", until: "reviewing", due: 1 },
  { key: "1.4.3", until: "signing", due: 4 },
  { key: "1.5.6", until: "signing", due: 6 },
  { key: "1.7.1", until: "approved", due: 2 },
  { key: "1.7.3", until: "drafting", due: -3 },
  { key: "1.8.1", until: "reviewing", due: 2 },
  { key: "1.8.2", until: "signing", due: 2 },
  { key: "1.8.4", until: "signing", due: 4 },
  { key: "1.9.1", until: "signing", due: 6 },
  {
    key: "1.9.2",
    until: "returned",
    due: 1,
    reason: "“年度校验40家，现场审核41家”：现场审核多于校验，请核对，或说明多出的1家从何而来。",
  },
];

/** How far an indicator's row has come; its figures are last period's, as the form is filled in by many offices at first. */
export const NEXT_FIGURES: readonly { code: string; until: FigureStop; reason?: string }[] = [
  { code: "farm-output", until: "drafting" },
  { code: "retail", until: "signing" },
  { code: "industrial-output", until: "confirming" },
  { code: "budget-local", until: "reviewing" },
  { code: "urban-income", until: "approved" },
  { code: "foreign-capital", until: "returned", reason: "与上年同期完全相同，请核对是否误用了去年的数。" },
];

export type FigureStop = Stop | "confirming";
