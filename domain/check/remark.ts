/**
 * What a remark (备注) says, as far as the rules need it. A remark explains a plan or a completion only in a clause that
 * speaks of it: that the figures are estimates, or how the county ranks, explains no arithmetic.
 */

/** The figures of the half-year are estimates: 预计数, 快报数, 初步核算数. What is expected of the future is none. */
export const saysEstimate = (remark: string): boolean =>
  /(?:预计|预估|估算|估计|快报|初步(?:统计|核算)?)(?:完成)?[数值]|为(?:预计|预估)(?![一-鿿])|预计完成\s*\d|^[(（]?预计[)）]?$/.test(
    remark.trim(),
  );

export type NotFedBack = { ranks: readonly ("rankTotal" | "rankGrowth")[]; figures: boolean };

/** What the remark says is 暂未反馈: the ranks it names, or the half-year's figures and with them every rank. */
export function notFedBack(remark: string): NotFedBack {
  const clauses = clausesOf(remark).filter((clause) => NOT_FED_BACK.test(clause));
  const figures = clauses.some((clause) => !OF_RANKS.test(clause));
  const total = clauses.some((clause) => OF_RANKS.test(clause) && (/总量/.test(clause) || !OF_GROWTH.test(clause)));
  const growth = clauses.some((clause) => OF_RANKS.test(clause) && (OF_GROWTH.test(clause) || !/总量/.test(clause)));
  return {
    ranks: [
      ...(figures || total ? (["rankTotal"] as const) : []),
      ...(figures || growth ? (["rankGrowth"] as const) : []),
    ],
    figures,
  };
}

/** Whether the remark speaks of where the plan comes from. `names` are the indicator's: 预算 in them is not the plan's. */
export const explainsPlan = (remark: string, names: readonly string[]): boolean =>
  explaining(remark, names).some((clause) => /计划|预算|目标|口径/.test(clause.replace(NOT_THE_PLAN, "")));

/** Whether the remark speaks of how the completion was worked out. */
export const explainsCompletion = (remark: string, names: readonly string[]): boolean =>
  explaining(remark, names).some((clause) => /完成率|完成比例|完成进度/.test(clause.replace(RANK_OF_COMPLETION, "")));

const NOT_FED_BACK = /(?:未|待)(?:反馈|公布)/;
const OF_RANKS = /站位|位次|排名|排位|名次/;
const OF_GROWTH = /增速|增幅|增长/;
const NOT_THE_PLAN =
  /(?:预计|有望|可|能|将)?完成(?:全年|年度|年初)?(?:计划|目标|预算)(?!总量|数)|[高低快慢]于(?:计划|目标|预期)(?:增速|增长)?|(?:计划|预算)执行|(?:计划)?完成率|按(?:照)?计划(?:推进|实施|进行)|一般公共预算(?:总)?(?:收入|支出)/g;
const RANK_OF_COMPLETION = /(?:完成率|完成比例|完成进度)(?:在)?(?:位居|居|列|排|全[省市区县])[^，。；]*/g;

const clausesOf = (remark: string): string[] => remark.normalize("NFKC").split(/[,，。;；\n]/);

function explaining(remark: string, names: readonly string[]): string[] {
  let rest = remark;
  for (const name of names) if (name !== "") rest = rest.replaceAll(name, "");
  return clausesOf(rest).filter((clause) => !/预计|预估|估算|估计|快报|初步/.test(clause));
}
