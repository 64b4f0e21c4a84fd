import type { Editor } from "@tiptap/react";
import { useEffect, useState, type ReactNode } from "react";
import { Notice } from "../../../../../../../../ui/notice";
import { useOnDemand } from "../../../../../../../../ui/use-on-demand";
import type { SectionImportWords } from "./words";

type Import = {
  start: () => void;
  /** The dialog while it is open. */
  dialog: ReactNode;
  /** What the last file did, until something else is written. */
  note: ReactNode;
};

/** Taking a file in: the dialog comes over the network when it is first asked for. */
export function useImport(
  editor: Editor | null,
  section: { id: string; title: string },
  words: SectionImportWords,
  /** The text has gone up: nothing is taken in any more. */
  isClosed: boolean,
): Import {
  const [isOpen, setOpen] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const part = useOnDemand(
    isOpen,
    () => import("./import-dialog"),
    () => {
      setOpen(false);
      setFailed(true);
    },
  );
  if (isClosed && isOpen) setOpen(false);

  useEffect(() => {
    if (!editor || done === null) return;
    // By then Ctrl+Z takes back something else.
    const forget = () => setDone(null);
    editor.on("update", forget);
    return () => void editor.off("update", forget);
  }, [editor, done]);

  return {
    start: () => {
      setDone(null);
      setFailed(false);
      setOpen(true);
    },
    dialog: editor && isOpen && part !== null && part !== "failed" && (
      <part.ImportDialog
        editor={editor}
        section={section}
        words={words}
        onClose={(line) => {
          setOpen(false);
          setDone(line);
        }}
      />
    ),
    note: (
      <>
        {failed && <Notice tone="warning">{words.file.offline}</Notice>}
        {done !== null && <Notice tone="success">{done}</Notice>}
      </>
    ),
  };
}
