import { useEditorState, type Editor } from "@tiptap/react";
import { NeighbourList } from "../neighbour-list";
import type { Neighbour } from "./live-section";
import type { LiveWords } from "./live-words";

type Props = { others: readonly Neighbour[]; editor: Editor; words: LiveWords };

/** The others, with the number of their paragraph in this window's text. Alone, nothing is counted. */
export function Neighbours({ others, editor, words }: Props) {
  const isAlone = others.length === 0;
  const ids = useEditorState({ editor, selector: ({ editor: now }) => (isAlone ? "" : idsOf(now)) });
  return <NeighbourList others={others} blocks={ids.split(" ")} words={words} />;
}

function idsOf(editor: Editor): string {
  const ids: string[] = [];
  editor.state.doc.forEach((block) => void ids.push(String(block.attrs["id"])));
  return ids.join(" ");
}
