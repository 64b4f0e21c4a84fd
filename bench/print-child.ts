/** Prints a report as the worker does, in a process of its own; answers with the milliseconds, the pages and the size. */
import { toPages } from "../render/pdf/to-pages";
import { toPdf } from "../render/pdf/to-pdf";
import type { ReportDocument } from "../render/report-document";
import { answerTasks } from "./child";
import { turnText } from "./turn-text";

/**
 * "all" changes every text, "letters" adds to one paragraph some that the report has before it, "sentence" a sentence from
 * elsewhere, whose letters the print then needs in another order; `times` puts the report's blocks so often one after another.
 */
export type PrintTask = {
  document: ReportDocument;
  by: number;
  change: "all" | "letters" | "sentence";
  as: "pdf" | "pages";
  times?: number;
};
export type Printed = { milliseconds: number; bytes: number; pages: number; megabytes: number };

answerTasks(async ({ document, by, change, as, times = 1 }: PrintTask): Promise<Printed> => {
  const changed = change === "all" ? turnText(document, by) : editParagraph(document, by, change);
  const report = { ...changed, blocks: Array.from({ length: times }, () => changed.blocks).flat() };
  const startedAt = performance.now();
  const made = as === "pdf" ? [await toPdf(report)] : (await toPages(report)).map((page) => Buffer.from(page));
  const milliseconds = performance.now() - startedAt;
  const [file = new Uint8Array()] = made;
  return {
    milliseconds,
    bytes: made.reduce((sum, part) => sum + part.byteLength, 0),
    pages:
      as === "pages"
        ? made.length
        : (Buffer.from(file)
            .toString("latin1")
            .match(/\/Type \/Page\n/g)?.length ?? 0),
    megabytes: Math.round(process.memoryUsage().rss / 2 ** 20),
  };
});

/** The middle paragraph says something else each time. */
function editParagraph(document: ReportDocument, by: number, change: "letters" | "sentence"): ReportDocument {
  const paragraphs = document.blocks.filter((block) => block.kind === "paragraph");
  const edited = paragraphs[Math.floor(paragraphs.length / 2)];
  const [from] = change === "letters" ? paragraphs : paragraphs.slice(-1 - (by % 8));
  const words = from?.spans.map((span) => span.text).join("") ?? "";
  const added = change === "letters" ? words.slice(0, by) : words.slice(0, 12);
  return {
    ...document,
    blocks: document.blocks.map((block) => {
      if (block !== edited || block.kind !== "paragraph") return block;
      const [first, ...others] = block.spans;
      return first ? { ...block, spans: [{ ...first, text: first.text + added }, ...others] } : block;
    }),
  };
}
