export type DemoOffice = {
  /** Short and ascii: the pinyin initials of the short name. */
  code: string;
  name: string;
  short: string;
  kind: "department" | "lead" | "government" | "congress" | "administration";
};

/** The organs of the demonstration. A department stands here only because it owns a leaf of the report. */
export const DEMO_OFFICES = [
  { code: "fgj", name: "芗城区发展和改革局", short: "发改局", kind: "lead" },
  { code: "tjj", name: "芗城区统计局", short: "统计局", kind: "department" },
  { code: "czj", name: "芗城区财政局", short: "财政局", kind: "department" },
  { code: "nyncj", name: "芗城区农业农村局", short: "农业农村局", kind: "department" },
  { code: "zrzyj", name: "芗城区自然资源局", short: "自然资源局", kind: "department" },
  { code: "lscbj", name: "芗城区粮食和物资储备局", short: "粮储局", kind: "department" },
  { code: "gxj", name: "芗城区工业和信息化局", short: "工信局", kind: "department" },
  { code: "kfq", name: "芗城区开发区管理委员会", short: "开发区管委会", kind: "department" },
  { code: "zjj", name: "芗城区住房和城乡建设局", short: "住建局", kind: "department" },
  { code: "swj", name: "芗城区商务局", short: "商务局", kind: "department" },
  { code: "ysb", name: "芗城区优化营商环境办公室", short: "营商办", kind: "department" },
  { code: "gsl", name: "芗城区工商业联合会", short: "工商联", kind: "department" },
  { code: "tgab", name: "芗城区台港澳事务办公室", short: "台港澳办", kind: "department" },
  { code: "wlj", name: "芗城区文化和旅游局", short: "文旅局", kind: "department" },
  { code: "cgj", name: "芗城区城市管理局", short: "城管局", kind: "department" },
  { code: "sthjj", name: "芗城区生态环境局", short: "生态环境局", kind: "department" },
  { code: "lyj", name: "芗城区林业局", short: "林业局", kind: "department" },
  { code: "jyj", name: "芗城区教育局", short: "教育局", kind: "department" },
  { code: "wjj", name: "芗城区卫生健康局", short: "卫健局", kind: "department" },
  { code: "mzj", name: "芗城区民政局", short: "民政局", kind: "department" },
  { code: "rsj", name: "芗城区人力资源和社会保障局", short: "人社局", kind: "department" },
  { code: "qzfb", name: "芗城区人民政府办公室", short: "区政府办", kind: "government" },
  { code: "rdb", name: "芗城区人大常委会办公室", short: "人大常委会办公室", kind: "congress" },
  { code: "rdcjw", name: "芗城区人大常委会财政经济工作委员会", short: "人大财经工委", kind: "congress" },
  { code: "xxzx", name: "芗城区信息中心", short: "信息中心", kind: "administration" },
] as const satisfies readonly DemoOffice[];

export type OfficeCode = (typeof DEMO_OFFICES)[number]["code"];

/** The office that compiles the report; headings belong to it. */
export const LEAD_OFFICE = "fgj" satisfies OfficeCode;
