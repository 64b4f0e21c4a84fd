import { useEditorState, type Editor } from "@tiptap/react";
import { CONTENT_LIMITS } from "../../../../../../../../domain/section/content-limits";
import { Button } from "../../../../../../../../ui/button";
import { Notice } from "../../../../../../../../ui/notice";
import { fill } from "../../../../../../../fill";
import { TABLE_LIMITS } from "../tables";
import type { EditorWords } from "../words";
import { PASTE_LIMITS, type PasteReport } from "./clip";
import { closePasteReport, pasteReportOf, undoTidy } from "./pasting";

type Words = EditorWords["paste"];

/**
 * What the last paste changed of its typing, with the way back; or why nothing was pasted. In sight wherever one reads, and
 * the next thing that Tab comes to from the text.
 */
export function PasteNotice({ editor, words }: { editor: Editor; words: Words }) {
  const report = useEditorState({ editor, selector: ({ editor: at }) => pasteReportOf(at.state) });
  if (!report) return null;
  const isTidy = report.kind === "tidied";
  return (
    <div className="sticky bottom-3 z-10 rounded bg-white shadow-float">
      <Notice
        tone={isTidy || report.kind === "pictures" ? "info" : "warning"}
        action={
          <span className="flex gap-2">
            {isTidy && (
              <Button type="button" onClick={() => undoTidy(editor.view)}>
                {words.undoTidy}
              </Button>
            )}
            <Button type="button" onClick={() => close(editor)}>
              {words.close}
            </Button>
          </span>
        }
      >
        {sentence(report, words)}
      </Notice>
    </div>
  );
}

function close(editor: Editor): void {
  closePasteReport(editor.view);
  editor.view.focus();
}

function sentence(report: PasteReport, words: Words): string {
  switch (report.kind) {
    case "tidied": {
      const parts = report.counts.map(({ kind, count }) => fill(words.part, { kind: words.repair[kind], count }));
      const told = fill(words.tidied, { parts: parts.join(words.and) });
      return report.images > 0 ? `${told}${fill(words.picturesToo, { count: report.images })}` : told;
    }
    case "too-long":
      return fill(words["too-long"], {
        characters: grouped(report.characters),
        most: grouped(PASTE_LIMITS.characters),
      });
    case "too-large":
      return fill(words["too-large"], { megabytes: report.megabytes, most: PASTE_LIMITS.html / 1_000_000 });
    case "too-many":
      return fill(words["too-many"], { ...report, most: CONTENT_LIMITS.blocks });
    case "table-too-large":
      return fill(words["table-too-large"], {
        ...report,
        mostRows: TABLE_LIMITS.rows,
        mostColumns: TABLE_LIMITS.columns,
      });
    default:
      return words[report.kind];
  }
}

const grouped = (count: number): string => count.toLocaleString("en-US");
