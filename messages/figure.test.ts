import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { completion, FORMULAS, gap, impliedPlan, type Derived } from "../domain/indicator/derive";
import { FIGURE_FIELDS, FIGURE_STATES, type FigureField } from "../domain/indicator/figure";
import { CELL_ERRORS } from "../domain/indicator/files/cell-text";
import { ROW_ERRORS } from "../domain/indicator/files/read-workbook";
import { WORKBOOK_REFUSALS } from "../domain/indicator/files/workbook-refusal";
import { PARSE_ERRORS, parseFigure, type ParseErrorKey } from "../domain/indicator/parse-figure";
import { realRow } from "../domain/indicator/real-table.testing";
import { loadMessages, LOCALES, type Locale } from "./load";

function translatorOf(locale: Locale) {
  const onError = (error: Error): never => {
    throw error;
  };
  return createTranslator({ locale, messages: loadMessages(locale), namespace: "figure", onError });
}

const WRONG: Record<ParseErrorKey, [FigureField, string]> = {
  "ambiguous-empty": ["actual", "—"],
  "spreadsheet-error": ["actual", "#REF!"],
  exponent: ["actual", "1.2E+05"],
  separators: ["actual", "1,23"],
  "minus-sign": ["actual", "(4.03)"],
  "direction-twice": ["growth", "增长-4.03%"],
  approximate: ["actual", "约480"],
  "estimate-without-number": ["actual", "预计"],
  "other-unit": ["actual", "48万元"],
  "too-many-decimals": ["actual", "1.1234567"],
  "too-many-digits": ["actual", "1234567890123456"],
  "rank-not-whole": ["rankTotal", "1.5"],
  "words-not-here": ["actual", "持平"],
  "not-a-number": ["actual", "48l.35"],
  "too-long": ["remark", "数".repeat(401)],
};

describe.each(LOCALES)("the words of figures in %s", (locale) => {
  const messages = loadMessages(locale).figure;
  const translate = translatorOf(locale);

  it("name every field, state, formula, error and refusal, and nothing else", () => {
    expect(Object.keys(messages.field).toSorted()).toEqual([...FIGURE_FIELDS, "gap"].toSorted());
    expect(Object.keys(messages.state).toSorted()).toEqual([...FIGURE_STATES, "blank"].toSorted());
    expect(Object.keys(messages.formula).toSorted()).toEqual(FORMULAS.toSorted());
    expect(Object.keys(messages.error).toSorted()).toEqual([...PARSE_ERRORS, ...CELL_ERRORS, ...ROW_ERRORS].toSorted());
    expect(Object.keys(messages.workbook).toSorted()).toEqual(WORKBOOK_REFUSALS.toSorted());
  });

  it.each(PARSE_ERRORS)("say %s with what was typed and what is wanted", (key) => {
    const [field, typed] = WRONG[key];
    const parsed = parseFigure(field, { ...realRow("gdp"), decimals: {} }, typed);
    if (!("error" in parsed)) throw new Error(`${typed} was read`);
    expect(parsed.error).toBe(key);
    const sentence = translate(`error.${key}`, parsed.params);
    for (const [name, value] of Object.entries(parsed.params)) {
      if (messages.error[key].includes(`{${name}}`)) expect(sentence).toContain(String(value));
    }
    expect(sentence).not.toMatch(/[{}]/);
  });

  it("name the period of the report that a file is not of", () => {
    const sentence = translate("workbook.other-period", { found: "2023年上半年完成总量", wanted: "2024年上半年" });
    expect(sentence).toContain("2023年上半年完成总量");
    expect(sentence).toContain("2024年上半年");
  });
});

describe("a formula", () => {
  const said = (derived: Derived | null): string => {
    if (!derived) throw new Error("nothing derived");
    const operands = Object.fromEntries(derived.operands.map(({ field, printed }) => [field, printed]));
    return translatorOf("zh-CN")(`formula.${derived.formula}`, operands as Record<FigureField, string>);
  };

  it("is said with its operands as they were displayed", () => {
    expect(said(completion(realRow("gdp")))).toBe("完成率 = 完成总量 481.35 ÷ 计划总量 936.49 × 100");
    expect(said(gap(realRow("industrial-added")))).toBe("与计划增速之差 = 增速 19.1 − 计划增速 9");
    expect(said(impliedPlan(realRow("gdp")))).toBe("推算的计划总量 = 上年实际 872.78 × (1 + 计划增速 7.3 ÷ 100)");
  });
});
