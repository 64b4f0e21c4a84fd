import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { IndicatorRow } from "../indicator/figure";
import { blocksOf, BULLETS, COUNTY, countyRows, EVERY_FINDING } from "./a-county.testing";
import { checkReport } from "./check-report";
import { checkText, type TextOptions } from "./check-text";
import { readTable } from "./files/read-table";
import { readText } from "./files/read-text";

const demo = (name: string): Uint8Array => readFileSync(new URL(`../../db/demo/${name}`, import.meta.url));
const real = {
  rows: (await readTable(demo("2024-h1.indicators.csv"))).rows,
  blocks: readText(demo("2024-h1.clean.md")).blocks,
};

describe("the report of the first half of 2024 as it was given", () => {
  const findings = checkReport(real.blocks, real.rows, { year: 2024, half: 1, counties: 11 });

  it("is found to say only what it does say", () => {
    expect(findings.map(({ rule, severity, stated, expected }) => [rule, severity, stated, expected])).toEqual([
      ["R7", "warning", "实现“双过半”", "row-2 row-9 row-11"],
      ["R12", "warning", "增长-4.03%", "下降4.03%"],
      ["R9", "warning", "69", "46+11+6=63"],
      ["R2", "error", "39.18", "39.57"],
      ["R2", "error", "23.55", "23.83"],
      ["D1", "info", "56.82", "56.81"],
    ]);
  });

  it("has no error that its remarks do not explain", () => {
    const errors = findings.filter(({ severity }) => severity === "error");
    expect(errors.map(({ rule, waivedBy }) => [rule, waivedBy?.slice(0, 10)])).toEqual([
      ["R2", "一般公共预算总收入2"],
      ["R2", "地方一般公共预算收入"],
    ]);
  });

  it("is found the same whatever the year is known to be, and without the number of counties", () => {
    expect(checkReport(real.blocks, real.rows, { half: 1 })).toEqual(findings);
  });

  it("names in each finding words that stand where it points", () => {
    for (const { where, stated } of findings) {
      if (where.in !== "text") continue;
      const block = real.blocks.find(({ id }) => id === where.block);
      expect(block?.text.slice(where.from, where.to)).toContain(stated);
    }
  });
});

const rows = await countyRows();

/** What is found in paragraphs: rule, what stands there, what should. Lines with —— are bullets, with # headings. */
function found(text: string, options: TextOptions = COUNTY, table: readonly IndicatorRow[] = rows): string[] {
  return checkText(blocksOf(text), table, options).map(
    ({ rule, stated, expected }) => `${rule} ${stated} → ${expected}`,
  );
}

describe("R6: what the text says of an indicator is what the table says", () => {
  it("in running prose, whatever the words between", () => {
    expect(
      found(`初步核算，上半年全县实现地区生产总值105.2亿元，按可比价格计算，同比增长7.1%，占年度计划的48.93%。规上工业增加值
        同比增长9.3%，高于计划目标增速0.8个百分点。完成固定资产投资46.2亿元，比上年同期下降3.6%，完成全年目标任务的52.5%。
        社零总额50.1亿元，较上年增长8.4%，增速居全市第1位、总量居全市第二位。`),
    ).toEqual([]);
  });

  it("to the displayed digit, the sign, the unit and the rank", () => {
    expect(
      found(`初步核算，上半年全县实现地区生产总值105.3亿元，按可比价格计算，同比增长7.2%，占年度计划的49.93%。
        规上工业增加值同比增长9.3%，高于计划目标增速0.9个百分点。
        完成固定资产投资46.2万元，比上年同期增长3.6%，完成全年目标任务的52.5个百分点。
        社零总额50.1亿元，较上年增长8.4个百分点，增速居全市第2位、总量居全市第一位。`),
    ).toEqual([
      "R6 105.3亿元 → 105.2亿元",
      "R6 增长7.2% → 增长7.1%",
      "R6 49.93% → 48.93%",
      "R3 高于计划目标增速0.9个百分点 → 高于计划增速0.8个百分点",
      "R6 46.2万元 → 46.2亿元",
      "R6 增长3.6% → 下降3.6%",
      "R6 52.5个百分点 → 52.5%",
      "R6 增长8.4个百分点 → 增长8.4%",
      "R13 第2 → 第一",
      "R13 第一 → 第二",
    ]);
  });

  it("for two indicators told together", () => {
    expect(found("城镇居民、农村居民人均可支配收入分别增长6.8%、8.8%。")).toEqual([]);
    expect(found("城镇和农村居民人均可支配收入分别为21500元、11200元，分别增长6.8%和8.7%。")).toEqual([
      "R6 8.7% → 8.8%",
    ]);
    expect(found("地区生产总值、固定资产投资分别完成105.2亿元、46.3亿元，分别完成年度计划的48.93%和52.5%。")).toEqual([
      "R6 46.3亿元 → 46.2亿元",
    ]);
    expect(
      found(
        "固定资产投资完成46.2亿元、社会消费品零售总额完成50.1亿元，分别下降3.6%、增长8.4%，增速分别居全市第九、第一。",
      ),
    ).toEqual([]);
    expect(found("固定资产投资46.2亿元和全县社零50.1亿元，分别下降3.5%、增长8.5%。")).toEqual([
      "R6 下降3.5% → 下降3.6%",
      "R6 增长8.5% → 增长8.4%",
    ]);
    expect(found("固定资产投资46.2亿元，新开工项目20个，社零50.1亿元，分别增长3.5%、8.5%。")).toEqual([]);
    expect(found("固定资产投资、社会消费品零售总额分别下降3.6%、增长8.5%。")).toEqual(["R6 增长8.5% → 增长8.4%"]);
  });

  it("and not for other times, other places, other things and rough numbers", () => {
    expect(
      found(`一季度，全县地区生产总值48.1亿元，增长6.5%。去年同期，固定资产投资完成47.9亿元。全市地区生产总值2100亿元、增长5%。
        人均地区生产总值3.2万元，增长6%。单位GDP能耗下降3.1%。限额以上社会消费品零售总额12.1亿元，增长11%。
        社会消费品零售总额突破50亿元，增长8%左右。石码镇固定资产投资6.2亿元，增长20%。
        固定资产投资中，工业投资20.5亿元，增长12%。固定资产投资项目库新增项目50个，总投资120亿元。
        地区生产总值增速比一季度提高0.6个百分点，比全市平均高1.2个百分点，居全省第五。
        漳州市地区生产总值5700亿元，增长5%。地区生产总值增长7.1%（年度目标7.5%）。截至5月底，固定资产投资完成38亿元。
        外贸企业30家，进出口额增长。第三产业增加值占地区生产总值的比重为51%，提高1.1个百分点。`),
    ).toEqual([]);
  });

  it("and not for what is hoped for under a heading on the time to come", () => {
    const hopes = "——地区生产总值增长7.5%；\n——固定资产投资完成88亿元，增长10%。";
    expect(found(`# 二、2024年主要预期目标\n${hopes}`)).toEqual([]);
    expect(found(`# 三、下半年工作安排\n力争全年地区生产总值增长7.5%，固定资产投资增长10%。`)).toEqual([]);
    expect(found(`# 一、上半年计划执行情况\n${hopes}`)).toEqual([
      "R6 增长7.5% → 增长7.1%",
      "R6 88亿元 → 46.2亿元",
      "R6 增长10% → 下降3.6%",
    ]);
    expect(found("下一步，确保地区生产总值增长7.5%，社会消费品零售总额达到97亿元。")).toEqual([]);
  });

  it("tells the plan and the year before from the year's own figures", () => {
    expect(
      found("地区生产总值年度计划215亿元、计划增长7.5%，上半年完成105.2亿元。2022年，全县地区生产总值200亿元。"),
    ).toEqual([]);
    expect(found("地区生产总值年度计划225亿元、计划增长7.8%。2022年，全县地区生产总值201亿元。")).toEqual([
      "R6 225亿元 → 215亿元",
      "R6 7.8% → 7.5%",
      "R6 201亿元 → 200亿元",
    ]);
  });

  it("takes amounts that convert exactly as equal", () => {
    expect(found("城镇居民人均可支配收入2.15万元，固定资产投资462000万元。")).toEqual([]);
    expect(found("城镇居民人均可支配收入2.16万元。")).toEqual(["R6 2.16万元 → 21500元"]);
  });
});

const lines = BULLETS.split("\n");

describe("the bullets that go through the indicators", () => {
  it("are as many as the rows and in their order", () => {
    expect(found(BULLETS)).toEqual([]);
    expect(
      found(
        lines
          .with(0, lines[1] ?? "")
          .with(1, lines[0] ?? "")
          .join("\n"),
      ),
    ).toEqual(["R6 规模以上工业增加值 → 地区生产总值"]);
    expect(found(lines.toSpliced(3, 1).join("\n"))).toEqual(["R7 7 → 8 row-4"]);
    expect(found([...lines, "——用水量下降。"].join("\n"))).toEqual(["R7 9 → 8"]);
  });

  it("are read by their place where the name is not known", () => {
    expect(found(BULLETS.replace("固定资产投资46.2", "固定资产投姿46.2"))).toEqual([]);
    expect(found(BULLETS.replace("固定资产投资46.2", "固定资产投姿46.3"))).toEqual(["R6 46.3亿元 → 46.2亿元"]);
  });
});

describe("R12: words and states", () => {
  it("an estimate says 预计, and nothing else does", () => {
    expect(found("外贸进出口总额预计完成16.2亿元，与上年持平。")).toEqual([]);
    expect(found("外贸进出口总额完成16.2亿元，与上年持平。")).toEqual(["R12 16.2亿元 → 预计"]);
    expect(found("预计全县地区生产总值105.2亿元。")).toEqual(["R12 105.2亿元 → "]);
  });

  it("a number where the table says / or 暂未反馈 is asked about, where it is blank it is not", () => {
    expect(found("规模以上工业增加值完成45.2亿元、增长9.3%。一般公共预算收入5.55亿元，总量居全市第三。")).toEqual([
      "R12 45.2亿元 → /",
      "R12 第三 → 暂未反馈",
    ]);
    const blank = rows.map((row) => ({ ...row, figures: {} }));
    expect(found("地区生产总值99亿元，增长9%，高于计划增速2个百分点，总量居全市第九。", COUNTY, blank)).toEqual([]);
  });

  it("a direction is not said twice", () => {
    expect(found("固定资产投资下降-3.6%，税收增长-2.1%，用电量增加-3个百分点。")).toEqual([
      "R12 下降-3.6% → 下降3.6%",
      "R12 增长-2.1% → 下降2.1%",
      "R12 增加-3个百分点 → 减少3个百分点",
    ]);
  });
});

describe("R3: differences in percentage points", () => {
  it("against the time of the year", () => {
    expect(found("固定资产投资完成年度计划的52.5%，超序时进度2.5个百分点。")).toEqual([]);
    expect(found("固定资产投资完成年度计划的52.5%，超序时进度3.5个百分点。")).toEqual(["R3 3.5个百分点 → 2.5"]);
    expect(found("地区生产总值完成年度计划的48.93%，低于序时进度1.07个百分点。")).toEqual([]);
  });

  it("between two rates of one sentence", () => {
    expect(
      found("城镇化率由51.2%提高到53.8%，提高2.6个百分点；研发投入强度从2.1%提升至2.4%，提升0.9个百分点。"),
    ).toEqual(["R3 0.9 → 0.3"]);
  });
});

describe("R4, R5: the industries", () => {
  const industries = (first: string, structure: string): string =>
    `全县地区生产总值105.2亿元，其中，第一产业增加值${first}，第二产业增加值45.1亿元，第三产业增加值49.8亿元。三次产业结构由上年的
     11.2:42.5:46.3调整为${structure}。`.replace(/\s+/g, "");

  it("add up to the whole and make its structure within rounding", () => {
    expect(found(industries("10.3亿元", "9.8:42.9:47.3"))).toEqual([]);
    expect(found(industries("103000万元", "9.8：42.9：47.3"))).toEqual([]);
    expect(found(industries("10.9亿元", "9.8:42.9:47.3"))).toEqual(["R4 105.2亿元 → 105.8亿元", "R5 9.8 → 10.4"]);
    expect(found(industries("10.3亿元", "9.8:42.9:47.4"))).toEqual(["R5 9.8:42.9:47.4 → 100"]);
    expect(found(industries("10.3亿元", "8.9:42.9:47.3"))).toEqual(["R5 8.9:42.9:47.3 → 100", "R5 8.9 → 9.8"]);
  });

  it("of the year before add up by themselves", () => {
    expect(found(industries("10.3亿元", "9.8:42.9:47.3").replace("46.3", "45.3"))).toEqual(["R5 11.2:42.5:45.3 → 100"]);
  });

  it("trade is exports and imports", () => {
    expect(found("外贸进出口总额预计16.2亿元，其中出口总额12.1亿元，进口总额4.1亿元。")).toEqual([]);
    expect(found("外贸进出口总额预计16.2亿元，其中出口总额12.1亿元，进口总额4.6亿元。")).toEqual([
      "R4 16.2亿元 → 16.7亿元",
    ]);
  });
});

describe("R7: counts", () => {
  it("of indicators agree with the table and its criterion", () => {
    expect(found("8项主要经济指标中，7项完成计划进度，1项低于序时进度。")).toEqual([]);
    expect(found("在八项主要指标中，有一项没有达到序时进度。")).toEqual([]);
    expect(found("9项主要经济指标中，8项完成计划进度，1项低于序时进度。")).toEqual(["R7 9 → 8"]);
    expect(found("8项主要经济指标中，6项完成计划进度，1项低于序时进度。")).toEqual(["R7 8 → 6+1=7", "R7 6 → 7"]);
    expect(found("8项主要经济指标中，5项完成计划进度，3项低于序时进度。")).toEqual(["R7 5 → 7", "R7 3 → 1"]);
    expect(found("8项主要经济指标全部完成年度计划。")).toEqual([]);
    expect(found("8项主要经济指标中全部完成年度计划。")).toEqual(["R7 8 → 7"]);
  });

  it("双过半 is a warning while something is below the half, and hoping for it is not claiming it", () => {
    expect(found("全县顺利实现时间过半、任务过半。\n再次实现“双过半”。")).toEqual([
      "R7 实现时间过半、任务过半 → row-1",
    ]);
    expect(found("努力实现“双过半”。有1项没有完成“双过半”任务。")).toEqual([]);
    expect(found("全县顺利实现“双过半”。", { ...COUNTY, half: 2 })).toEqual([]);
  });

  it("of what is announced and follows, whatever stands between", () => {
    const four = "（一）抓工业。\n增产。\n（二）抓投资。\n（三）抓消费。\n（四）抓农业。";
    expect(found(`主要有以下四个特点：\n${four}\n二、存在问题`)).toEqual([]);
    expect(found(`主要有以下五个特点：\n${four}\n二、存在问题`)).toEqual(["R7 五 → 4"]);
    expect(found("重点抓好3个方面工作：\n1. 稳增长。\n2.促改革。\n3、惠民生。\n4. 防风险。")).toEqual(["R7 3 → 4"]);
    expect(found("主要有以下五个特点：\n全县经济稳定。")).toEqual([]);
  });

  it("of 一是, 二是, 三是", () => {
    expect(found("抓好三项工作：一是稳增长；二是促改革；三是惠民生。")).toEqual([]);
    expect(found("抓好四项工作：一是稳增长；二是促改革；三是惠民生。")).toEqual(["R7 四 → 3"]);
    expect(found("一是稳增长。二是促改革。四是惠民生。")).toEqual(["R7 四是 → 三是"]);
    expect(found("一是稳增长。二是促改革。同时抓好两项工作：一是惠民生，二是防风险。")).toEqual([]);
  });
});

describe("R8: a share of two numbers", () => {
  it("holds where the words say of what it is a share", () => {
    expect(found("监测的40家企业中有15家产值下降，下降面达37.5%。12个续建项目已开工9个，开工率75%。")).toEqual([]);
    expect(found("监测的40家企业中有16家产值下降，下降面达37.5%。12个续建项目已开工9个，开工率76%。")).toEqual([
      "R8 37.5% → 40.0%",
      "R8 76% → 75%",
    ]);
    expect(found("年度计划投资30亿元，已完成投资18亿元，完成年度计划的60%。")).toEqual([]);
    expect(found("年度计划投资30亿元，已完成投资18.6亿元，完成年度计划的60%。")).toEqual(["R8 60% → 62%"]);
  });

  it("is left alone elsewhere", () => {
    expect(
      found(`播种面积5005亩，其中早稻2737亩，完成全年任务的53.8%。处置闲置土地726亩，处置率24.8%，供地790亩。
        98家企业减产，其中15家停产，减停产面达37.5%。民生支出13.7亿元，占一般公共预算支出的78.1%。`),
    ).toEqual([]);
  });

  it("finds its base in another section, when there is just one", () => {
    const said = "规模以上工业企业达到80家。\n";
    expect(found(`${said}共有20家工业企业减产，减产面达25%。`)).toEqual([]);
    expect(found(`${said}共有20家工业企业减产，减产面达26%。`)).toEqual(["R8 26% → 25%"]);
    expect(found(`${said}规模以上工业企业为82家。\n共有20家工业企业减产，减产面达26%。`)).toEqual([]);
  });
});

describe("R9: a partition", () => {
  it("adds up", () => {
    expect(found("推进50个重点项目，目前，30个项目已开工，12个项目正在办理前期手续，8个项目完成选址。")).toEqual([]);
    expect(found("推进50个重点项目，目前，30个项目已开工，12个项目正在办理前期手续，6个项目完成选址。")).toEqual([
      "R9 50 → 30+12+6=48",
    ]);
    expect(found("实施项目40个，其中已开工25个。新增企业30家，其中规上工业企业12家、限上企业9家。")).toEqual([]);
  });
});

describe("R11: what is said twice is said the same", () => {
  it("counts under one label, in any order of its words", () => {
    const first = "列入省级重点在建项目20个、市级重点在建项目76个。\n";
    expect(found(`${first}紧盯76个市级在建重点项目和20个省级在建重点项目。`)).toEqual([]);
    expect(found(`${first}紧盯78个市级在建重点项目和20个省级在建重点项目。`)).toEqual(["R11 78个 → 76个"]);
    expect(found("6家企业入选省级名单，3家企业入选省级名单，1个项目获奖。")).toEqual([]);
  });

  it("figures that the table does not have", () => {
    expect(found("建筑业总产值65.2亿元，增长16.1%。\n建筑业产值完成65.1亿元、增长16.1%。")).toEqual([
      "R11 65.1亿元 → 65.2亿元",
    ]);
    expect(found("建筑业总产值65.2亿元。一季度，建筑业总产值30.1亿元。全市建筑业总产值900亿元。")).toEqual([]);
  });

  it("years in the title of a document", () => {
    const title = (years: string): string => `印发《教育高质量发展三年行动计划（${years}年）》。`;
    expect(found(`${title("2024-2026")}\n${title("2024-2026")}`)).toEqual([]);
    expect(found(`${title("2024-2026")}\n${title("2024-2027")}`)).toEqual([
      "R11 《教育高质量发展三年行动计划（2024-2027年）》 → 《教育高质量发展三年行动计划（2024-2026年）》",
    ]);
  });
});

describe("a report of a whole year", () => {
  const year: TextOptions = { year: 2023, half: 2 };
  it("speaks of 全年 and 1—12月", () => {
    expect(found("2023年，全县地区生产总值105.2亿元，比上年增长7.1%。1—12月，固定资产投资46.2亿元。", year)).toEqual(
      [],
    );
    expect(found("全年地区生产总值105.8亿元，增长7.1%；1—12月，固定资产投资46.9亿元。", year)).toEqual([
      "R6 105.8亿元 → 105.2亿元",
      "R6 46.9亿元 → 46.2亿元",
    ]);
    expect(found("上半年，地区生产总值50亿元，增长6%。", year)).toEqual([]);
  });
});

describe("a county-level city", () => {
  it("means itself by 全市", () => {
    expect(found("我市经济平稳。全市地区生产总值105.3亿元，增长7.1%。")).toEqual(["R6 105.3亿元 → 105.2亿元"]);
  });
});

describe("the findings of the text", () => {
  const options = { ...COUNTY, counties: 8 };
  const blocks = blocksOf(EVERY_FINDING);

  it("point at words that stand there", () => {
    const texts = new Map(blocks.map(({ id, text }) => [id, text]));
    for (const { where, stated } of checkText(blocks, rows, options)) {
      expect(where.in === "text" && texts.get(where.block)?.slice(where.from, where.to)).toContain(stated);
    }
  });

  it("have keys that no two of them share, and that survive words written before them", () => {
    const keys = checkText(blocks, rows, options).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const moved = blocks.map((block) =>
      block.kind === "paragraph" && !/^[（\d]/.test(block.text) ? { ...block, text: `各位委员。${block.text}` } : block,
    );
    expect(checkText(moved, rows, options).map(({ key }) => key)).toEqual(
      checkText(blocks, rows, options).map(({ key }) => key),
    );
  });
});
