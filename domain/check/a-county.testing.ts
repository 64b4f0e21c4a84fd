import type { IndicatorRow } from "../indicator/figure";
import type { TextOptions } from "./check-text";
import { readTable } from "./files/read-table";
import type { CheckBlock } from "./finding";

/** A table of an invented county: names, units, and the cells that a rule needs. */
const TABLE = `主要经济指标,计算单位,上年实际,年度计划,计划增速,完成总量,完成率,增速,总量位次,增速位次,备注
地区生产总值,亿元,200.00,215.00,7.5,105.20,48.93,7.1,3,4,
规模以上工业增加值,亿元,/,/,8.5,/,/,9.3,/,2,
固定资产投资,亿元,80.00,88.00,10,46.20,52.50,-3.6,5,9,
社会消费品零售总额,亿元,90.00,97.20,8,50.10,51.54,8.4,2,1,
一般公共预算收入,亿元,10.00,10.60,6,5.55,52.36,6.2,暂未反馈,暂未反馈,
外贸进出口总额,亿元,30.00,31.50,5,16.20,51.43,0,4,6,为预计数
城镇居民人均可支配收入,元,40000,42800,7,21500,50.23,6.8,3,3,
农村居民人均可支配收入,元,20000,21800,9,11200,51.38,8.8,3,2,
`;

export const COUNTY: TextOptions = { year: 2023, half: 1, counties: 9 };

export async function countyRows(): Promise<IndicatorRow[]> {
  const { rows } = await readTable(Buffer.from(TABLE));
  return rows;
}

/** Lines as blocks: with —— before them bullets, with # headings. */
export function blocksOf(text: string): CheckBlock[] {
  return text
    .trim()
    .split(/\s*\n\s*/)
    .map((line, index) => ({
      id: `b${index + 1}`,
      kind: line.startsWith("——") ? "bullet" : line.startsWith("#") ? "heading" : "paragraph",
      text: line.replace(/^(?:——|# )/, ""),
    }));
}

/** Its bullets, as they should be. */
export const BULLETS = `——地区生产总值105.2亿元，完成年度计划的48.93%，增长7.1%；
——规模以上工业增加值增长9.3%，高于计划增速0.8个百分点；
——固定资产投资46.2亿元，完成年度计划的52.5%，下降3.6%；
——社会消费品零售总额50.1亿元，完成年度计划的51.54%，增长8.4%；
——一般公共预算收入5.55亿元，完成年度计划的52.36%，增长6.2%；
——外贸进出口预计完成16.2亿元，完成年度计划的51.43%，与上年持平；
——城镇居民人均可支配收入21500元，完成年度计划的50.23%，增长6.8%；
——农村居民人均可支配收入11200元，完成年度计划的51.38%，增长8.8%。`;
/** Texts that give every sentence of the text's findings, where eight counties are ranked. */
export const EVERY_FINDING = `
地区生产总值年度计划225亿元、计划增长7.8%，完成105.3亿元，完成年度计划的49.93%，增长7.2%，总量居全市第二，增速居全市第二。
2022年，全县地区生产总值201亿元。
规模以上工业增加值45.2亿元，增长9.3%，高于计划增速0.9个百分点。
固定资产投资46.2亿元，完成年度计划的52.5%，超序时进度3.5个百分点，下降-3.6%，增速居全市第9。
外贸进出口总额完成16.2亿元。预计社会消费品零售总额50.1亿元。
城镇化率由51.2%提高到53.8%，提高3.7个百分点。监测的40家企业中有16家产值下降，下降面达37.5%。
其中，第一产业增加值10.9亿元，第二产业增加值45.1亿元，第三产业增加值49.8亿元，全县地区生产总值105.2亿元。三次产业结构由上年的11.2:42.5:46.2调整为9.9:42.9:46.3。
推进50个重点项目，目前，30个项目已开工，12个项目正在办理前期手续，6个项目完成选址。
建筑业总产值65.2亿元。建筑业产值完成65.1亿元。
一是稳增长。三是促改革。
9项主要经济指标中，5项完成计划进度，3项低于序时进度。
8项主要经济指标中，5项完成计划进度，3项低于序时进度。
全县顺利实现“双过半”。
主要有以下三个特点：
（一）抓工业。
（二）抓投资。
——固定资产投资完成46.2亿元；
——地区生产总值完成105.2亿元；
——规模以上工业增加值增长9.3%；
——社会消费品零售总额完成50.1亿元；
——一般公共预算收入完成5.55亿元；
——外贸进出口预计完成16.2亿元；
——城镇居民人均可支配收入21500元；
——农村居民人均可支配收入11200元。
以上合计。
${BULLETS}
——用水量下降。`;
export const FEW_BULLETS = BULLETS.split("\n").toSpliced(3, 1).join("\n");
