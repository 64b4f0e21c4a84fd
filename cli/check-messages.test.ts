import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { checkTable } from "../domain/check/check-table";
import { readTable } from "../domain/check/files/read-table";
import type { Finding } from "../domain/check/finding";
import { loadMessages, LOCALES } from "../messages/load";

const HEADINGS = "指标,单位,上年实际,年度计划,计划增速,上半年完成,完成率,增速,总量位次,增速位次,备注";
const TABLE = [
  HEADINGS,
  "计划错,亿元,100.00,120.00,5.0,,,,,,",
  "计划修约,亿元,100.00,105.01,5.0,,,,,,",
  "完成率错,亿元,,100,,50,60.00,,,,",
  "完成率修约,亿元,,100,,50,50.01,,,,",
  "没有计划,亿元,,0,,50,50,,,,",
  "增速差错,亿元,,/,9,/,高于计划增速5个百分点,19.1,,,",
  "负增长,亿元,增长-1%,,,,,,,,",
  "没说预计,亿元,,,,预计5,,,,,",
  "没有反馈,亿元,,,,5,,,,,上半年数据暂未反馈",
  "没有位次,亿元,,,,,,,1,,站位暂未反馈",
  "没有完成,亿元,,,,暂未反馈,50,,,,",
  "位次错,亿元,,,,,,,0,,",
  "位次太大,亿元,,,,,,,,999,",
  "增速错,亿元,,,,,,-120,,,",
  "读不出,亿元,,,,5l.4,,,,,",
  "单位错,元,,,,5.1万元,,,,,",
].join("\n");

describe("the sentences of the table's findings", () => {
  it("are all used, complete in both languages, and name the indicator and what is stated", async () => {
    const findings = await everyFinding();
    const keys = Object.keys(loadMessages("zh-CN").check).filter((key) => /^table-|^file-cell-/.test(key));
    expect(new Set(findings.map(({ says }) => says))).toEqual(new Set(keys));
    for (const locale of LOCALES) {
      const onError = (error: Error): never => {
        throw error;
      };
      const translate = createTranslator({ locale, messages: loadMessages(locale), namespace: "check", onError });
      for (const { says, params, stated } of findings) {
        const sentence = translate(says as Parameters<typeof translate>[0], params);
        expect(sentence).toContain(params["name"]);
        if (says !== "table-against-plan") expect(sentence).toContain(stated);
        expect(sentence).not.toMatch(/[{}]|undefined|null/);
      }
    }
  });
});

async function everyFinding(): Promise<Finding[]> {
  const { rows, problems } = await readTable(Buffer.from(TABLE));
  const [first] = rows;
  if (!first) throw new Error("the table is empty");
  const remark = { state: "words", words: "为预计数" } as const;
  const five = { state: "number", digits: "5" } as const;
  // A file marks its own estimates and rows of growth; what departments fill in may contradict itself.
  const filledIn = [
    { ...first, figures: { actual: five, remark } },
    { ...first, kind: "growth-only", figures: { actual: five } },
  ] as const;
  return [...problems, ...checkTable([...rows, ...filledIn], { half: 1 })];
}
