/** Prints a report as the web does, in a process of its own; answers with the milliseconds and the size. */
import { toPdf } from "../render/pdf/to-pdf";
import type { ReportDocument } from "../render/report-document";
import { answerTasks } from "./child";
import { turnText } from "./turn-text";

export type PrintTask = { document: ReportDocument; by: number };
export type Printed = { milliseconds: number; bytes: number };

answerTasks(async ({ document, by }: PrintTask): Promise<Printed> => {
  const changed = turnText(document, by);
  const startedAt = performance.now();
  const pdf = await toPdf(changed);
  return { milliseconds: performance.now() - startedAt, bytes: pdf.byteLength };
});
