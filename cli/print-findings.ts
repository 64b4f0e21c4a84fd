import { createTranslator } from "next-intl";
import { isBlocking, type Finding } from "../domain/check/finding";
import { loadMessages } from "../messages/load";
import { alignColumns } from "./table";
import { writeOutput } from "./write-output";

/** Where a finding stands in a file: a line of text, or a cell by its row and the heading of its column. */
export type PrintedPlace = { line: number } | { row: number; column: string };

/**
 * Findings on standard output: a JSON array with `asJson`, a list for reading otherwise, both in Chinese. Returns what the
 * command exits with: 1 when an error stands that no remark or explanation lets pass, else 0.
 */
export async function printFindings(
  findings: readonly Finding[],
  placeOf: (finding: Finding) => PrintedPlace,
  asJson: boolean,
): Promise<0 | 1> {
  const translate = createTranslator({
    locale: "zh-CN",
    messages: loadMessages("zh-CN"),
    namespace: "check",
    // A trace helps nobody at a terminal: the key stands where a sentence is missing.
    onError: () => {},
  });
  const printed = findings.map((finding) => ({
    rule: finding.rule,
    severity: finding.severity,
    // The rules choose the key; their tests show that each has its sentence.
    message: translate(finding.says as Parameters<typeof translate>[0], finding.params),
    where: placeOf(finding),
    stated: finding.stated,
    expected: finding.expected,
    waivedBy: finding.waivedBy,
  }));
  await writeOutput(undefined, asJson ? `${JSON.stringify(printed, null, 2)}\n` : listOf(printed));
  return findings.some(isBlocking) ? 1 : 0;
}

type Printed = Pick<Finding, "rule" | "severity" | "waivedBy"> & { message: string; where: PrintedPlace };

function listOf(findings: readonly Printed[]): string {
  const rows = findings.map(({ rule, severity, waivedBy, message, where }) => [
    "line" in where ? `第${where.line}行` : `第${where.row}行 ${where.column.replace(/\s+/g, "")}`,
    waivedBy === null ? SEVERITY_WORDS[severity] : "已说明",
    rule,
    waivedBy === null ? message : `${message}（备注或说明：${waivedBy}）`,
  ]);
  return [...alignColumns(rows), summaryOf(findings), ""].join("\n");
}

function summaryOf(findings: readonly Printed[]): string {
  if (findings.length === 0) return "没有发现问题。";
  const open = findings.filter(({ waivedBy }) => waivedBy === null);
  const counts = (["error", "warning", "info"] as const).map((severity) => {
    const count = open.filter((finding) => finding.severity === severity).length;
    return `${SEVERITY_WORDS[severity]} ${count} 处`;
  });
  const waived = findings.length - open.length;
  return `${counts.join("，")}${waived > 0 ? `，已说明 ${waived} 处` : ""}。`;
}

const SEVERITY_WORDS = { error: "错误", warning: "提醒", info: "提示" } as const;
