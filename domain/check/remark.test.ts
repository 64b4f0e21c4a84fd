import { describe, expect, it } from "vitest";
import { explainsCompletion, explainsPlan, notFedBack, saysEstimate } from "./remark";

const BUDGET =
  "一般公共预算总收入2024年计划完成总量以《关于漳州市芗城区2023年财政预算执行情况和2024年财政预算草案的报告》中的2024年预算数为准。";
const ESTIMATE = "暂未反馈上半年数据，为预计数";

describe("a remark", () => {
  it.each([ESTIMATE, "预计数", "（预计）", "快报数", "上半年数据为预计", "预计完成59.1亿元", "初步核算数"])(
    "that says 预计数 marks estimates: %s",
    (remark) => expect(saysEstimate(remark)).toBe(true),
  );

  it.each([BUDGET, "预计完成全年计划", "预计下半年回升", "完成率全市第二", ""])(
    "on the future or on something else marks none: %s",
    (remark) => expect(saysEstimate(remark)).toBe(false),
  );

  it("says what is not fed back: the ranks it names, or all figures of the half-year", () => {
    expect(notFedBack(ESTIMATE)).toEqual({ ranks: ["rankTotal", "rankGrowth"], figures: true });
    expect(notFedBack("站位暂未反馈")).toEqual({ ranks: ["rankTotal", "rankGrowth"], figures: false });
    expect(notFedBack("增速站位暂未反馈")).toEqual({ ranks: ["rankGrowth"], figures: false });
    expect(notFedBack("总量站位暂未反馈，增速站位全市第二")).toEqual({ ranks: ["rankTotal"], figures: false });
    expect(notFedBack(BUDGET)).toEqual({ ranks: [], figures: false });
  });

  it.each([BUDGET, "计划数取自财政预算", "年初目标已调整", "统计口径有变化", "为预计数，计划口径有调整"])(
    "on the plan explains the plan: %s",
    (remark) => expect(explainsPlan(remark, ["一般公共预算总收入"])).toBe(true),
  );

  it.each([
    ESTIMATE,
    "一般公共预算总收入为预计数",
    "一般公共预算总收入全市第二",
    "预计完成全年计划",
    "完成年度计划的51%",
    "高于计划增速3个百分点",
    "计划执行良好",
    "计划完成率全市第一",
    "",
  ])("on anything else does not: %s", (remark) => {
    expect(explainsPlan(remark, ["一般公共预算总收入"])).toBe(false);
  });

  it("on 完成率 explains the completion, unless it only ranks it", () => {
    expect(explainsCompletion("完成率按未四舍五入的计划数计算", [])).toBe(true);
    expect(explainsCompletion("完成率全市第二", [])).toBe(false);
    expect(explainsCompletion("完成率位居全市第二，完成率按调整后计划计算", [])).toBe(true);
    expect(explainsCompletion(BUDGET, [])).toBe(false);
  });
});
