import type { EditionRecord, RecordedApproval } from "../edition-record";

const VERDICTS: Record<RecordedApproval["verdict"], string> = {
  write: "起草",
  sign: "签发",
  confirm: "核对",
  pass: "通过",
  approve: "审定",
};
const KINDS: Record<RecordedApproval["kind"], string> = { leaf: "段落", indicator: "指标", whole: "全文" };
const APPROVAL_HEAD = ["对象", "名称", "单位", "稿次", "环节", "决定", "经手", "时间"];

export const approvalsAsCsv = ({ approvals }: EditionRecord): string =>
  csv([APPROVAL_HEAD, ...approvals.map(approvalRow)]);

/** The decisions, and what was open when it was sealed for a written reason. */
export function approvalsAsMarkdown({ approvals, missing, open = [] }: EditionRecord): string {
  const lines = [
    "# 审签记录",
    "",
    ...markdownTable([APPROVAL_HEAD, ...approvals.map(approvalRow)]),
    ...(missing.length > 0
      ? ["", "## 封存时尚未通过", "", ...missing.map((one) => `- ${one.department} ${one.title}`)]
      : []),
    ...(open.length > 0 ? ["", "## 封存时尚未办结", "", ...open.map((one) => `- ${one.title}：${one.said}`)] : []),
  ];
  return `${lines.join("\n")}\n`;
}

export const auditAsCsv = ({ audit }: EditionRecord, actName: (action: string) => string): string =>
  csv([
    ["时间", "操作人", "操作", "操作代码", "对象编号"],
    ...audit.map(({ at, by, action, subject }) => [beijingTime(at), by, actName(action), action, subject]),
  ]);

/** `paths`: where each attachment lies in the archive, by its id. */
export const attachmentsAsCsv = ({ attachments }: EditionRecord, paths: ReadonlyMap<string, string>): string =>
  csv([
    ["档案内位置", "文件名", "属于", "名称", "字节数", "SHA-256"],
    ...attachments.map(({ id, name, kind, title, size, sha256 }) => [
      paths.get(id) ?? "未收入",
      name,
      KINDS[kind],
      title,
      String(size),
      sha256,
    ]),
  ]);

function approvalRow({ kind, title, department, number, step, verdict, by, at }: RecordedApproval): string[] {
  const draft = number === null ? "" : `第${number}稿`;
  return [KINDS[kind], title, department, draft, step ?? "", VERDICTS[verdict], by, beijingTime(at)];
}

/** 2024-08-01 09:30:05 in China, which has kept UTC+8 since 1991. */
function beijingTime(at: string): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return at;
  return new Date(time + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
}

/** What a spreadsheet takes for a formula: spaces before it are skipped, and signs of full width are as good. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** For spreadsheets: with a byte order mark, every cell quoted, and nothing that would be taken for a formula. */
function csv(rows: readonly string[][]): string {
  const cell = (text: string) => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function markdownTable([head = [], ...rows]: readonly string[][]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/[|\n\r]/g, " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
