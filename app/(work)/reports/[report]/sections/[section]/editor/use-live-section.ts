import type { Editor } from "@tiptap/react";
import { useEffect, useState, type RefObject } from "react";
import { isOpenAt, nameOf, type LiveWords } from "./live-words";
import { fill } from "../../../../../../fill";
import type { Moved, Neighbour } from "./live-section";
import type { SaveQueue } from "./save-queue";

/** The others in this text, and where the leaf has gone meanwhile. */
export function useLiveSection(
  editor: Editor | null,
  section: { id: string; version: number },
  queue: RefObject<SaveQueue | null>,
  words: LiveWords,
) {
  const [others, setOthers] = useState<readonly Neighbour[]>([]);
  const [moved, setMoved] = useState<Moved | null>(null);

  useEffect(() => {
    if (!editor) return;
    let left = false;
    let leave = () => {};
    // The stream comes after the text: nobody waits for the others to write.
    const start = ([{ followSection }, { caretBlock }]: Modules) => {
      if (left || editor.isDestroyed) return;
      const follow = followSection(section.id, {
        onDraft: (version) => void queue.current?.hear(version),
        onMoved: (now) => setMoved((before) => (now.by || before?.version !== now.version ? now : before)),
        onNeighbours: (now) => {
          setOthers(now);
          queue.current?.keepCompany(now.some((one) => one.edits));
        },
      });
      const tell = () => follow.caret(caretBlock(editor.state));
      tell();
      editor.on("selectionUpdate", tell);
      leave = () => {
        editor.off("selectionUpdate", tell);
        follow.leave();
      };
    };
    Promise.all([import("./live-section"), import("./others-here")]).then(start, () => {});
    return () => {
      left = true;
      leave();
    };
  }, [editor, section.id, queue]);

  useEffect(() => {
    if (!editor) return;
    let isOld = false;
    const show = async ({ showOthers }: typeof import("./others-here")) => {
      // Redrawing a block breaks a composition in it.
      await queue.current?.settled();
      if (!isOld) showOthers(editor, namesByBlock(others, words));
    };
    import("./others-here").then(show, () => {});
    return () => {
      isOld = true;
    };
  }, [editor, queue, others, words]);

  // What the page shows already is no news.
  const news = moved && moved.version > section.version ? moved : null;
  const isOpen = news === null || isOpenAt(news);
  useEffect(() => {
    if (!editor || editor.isEditable === isOpen) return;
    const take = () => {
      if (!editor.isDestroyed) editor.setEditable(isOpen, false);
    };
    void queue.current?.settled().then(take);
  }, [editor, queue, isOpen]);

  return { others, moved: news };
}

type Modules = [typeof import("./live-section"), typeof import("./others-here")];

function namesByBlock(others: readonly Neighbour[], words: LiveWords): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const one of others) {
    if (!one.edits || !one.block) continue;
    const before = names.get(one.block);
    const name = nameOf(one, words);
    names.set(one.block, before ? `${before}${words.and}${name}` : name);
  }
  return new Map([...names].map(([block, who]) => [block, fill(words.at, { who })]));
}
