import type { Node as DocumentNode } from "@tiptap/pm/model";
import { sum, textLength, type Length } from "../../../../../../../domain/section/length";
import { bindingAt } from "./figure-nodes";

/** How long the text in the editor is, as wordCount says of its content; only what has changed is counted again. */
export function documentLength(doc: DocumentNode): Length {
  return doc.children.map(lengthOf).reduce(sum, { characters: 0, words: 0 });
}

function lengthOf(block: DocumentNode): Length {
  const known = counted.get(block);
  if (known) return known;
  const length = textLength(
    block.textBetween(0, block.content.size, "\n", (leaf) => bindingAt(leaf)?.attrs.text ?? ""),
  );
  counted.set(block, length);
  return length;
}

/** A paragraph that was not touched stays the same object from one document to the next. */
const counted = new WeakMap<DocumentNode, Length>();
