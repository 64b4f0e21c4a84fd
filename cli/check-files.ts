import { createTranslator } from "next-intl";
import { inTerminalLanguage } from "../db/embedded/operator-error";
import { checkReport } from "../domain/check/check-report";
import { MOST_BYTES } from "../domain/check/files/decode-text";
import { readTable } from "../domain/check/files/read-table";
import { readText } from "../domain/check/files/read-text";
import { UnreadableFile } from "../domain/check/files/unreadable-file";
import type { Finding } from "../domain/check/finding";
import { loadMessages } from "../messages/load";
import { printFindings, type PrintedPlace } from "./print-findings";
import { explainInputFailure, readInput } from "./read-input";

export type CheckFilesRequest = { text?: string; table?: string; json?: boolean };

/**
 * `huibao check --text --table`: checks two loose files, or one of them, without a database. Returns the exit code: 0, 1
 * when an error stands, 2 when a file cannot be read; then one line on standard error says why and nothing is printed.
 */
export async function checkFiles(request: CheckFilesRequest): Promise<0 | 1 | 2> {
  const { text, table, json = false } = request;
  if (text === undefined && table === undefined) {
    console.error(
      inTerminalLanguage(
        "请用 --text 指定报告文字，用 --table 指定指标表，或两者都写。",
        "Name the report's text with --text, its table with --table, or both.",
      ),
    );
    return 2;
  }
  try {
    const read = {
      text: text === undefined ? null : await reading(text, async (bytes) => readText(bytes)),
      table: table === undefined ? null : await reading(table, readTable),
    };
    const half = read.table?.period.half ?? read.text?.period.half ?? 1;
    const year = read.table?.period.year ?? read.text?.period.year;
    const options = { half, ...(year ? { year } : {}) };
    const findings = [
      ...checkReport(read.text?.blocks ?? [], read.table?.rows ?? [], options),
      ...(read.table?.problems ?? []),
    ];
    const placeOf = ({ where }: Finding): PrintedPlace =>
      where.in === "text"
        ? { line: Number(where.block) }
        : (read.table?.placeOf(where.indicator, where.field) ?? { row: 0, column: "" });
    return await printFindings(findings, placeOf, json);
  } catch (error) {
    if (!(error instanceof NotRead)) throw error;
    console.error(error.message);
    return 2;
  }
}

class NotRead extends Error {}

async function reading<T>(file: string, read: (bytes: Uint8Array) => Promise<T>): Promise<T> {
  try {
    return await read(await readInput(file, MOST_BYTES));
  } catch (error) {
    const reason = reasonOf(error);
    throw new NotRead(inTerminalLanguage(`读不了 ${file}：${reason}`, `Cannot read ${file}: ${reason}`));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof UnreadableFile) return explain(error);
  const told = explainInputFailure(error);
  if (told !== null) return told;
  return error instanceof Error ? error.message.split("\n", 1).join("") : String(error);
}

function explain({ problem, params }: UnreadableFile): string {
  const locale = inTerminalLanguage("zh-CN", "en") === "en" ? "en" : "zh-CN";
  const translate = createTranslator({ locale, messages: loadMessages(locale), namespace: "check" });
  const columns = String(params["columns"] ?? "")
    .split(" ")
    .filter((column) => column !== "")
    .map((column) => translate(`column.${column}` as Parameters<typeof translate>[0]));
  return translate(`file-${problem}`, { ...params, columns: columns.join(inTerminalLanguage("、", ", ")) });
}
