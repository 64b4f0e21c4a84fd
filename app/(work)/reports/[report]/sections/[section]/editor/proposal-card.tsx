import { useEditorState } from "@tiptap/react";
import { Button } from "../../../../../../../ui/button";
import { aboutMention } from "../../../../../figure-guide";
import type { EditorFigures } from "./figures-context";
import { fill } from "../../../../../../fill";
import { Floating } from "./floating";
import { askedIn, bind } from "./recognition";
import { newBlockId } from "./schema";

/** What a clicked number could be bound to; the text keeps the focus, so that typing on simply closes it. */
export function ProposalCard({ editor, lexicon, guide }: EditorFigures) {
  const asked = useEditorState({ editor, selector: ({ editor: now }) => askedIn(now.state) });
  if (!asked) return null;
  const { mention } = asked;
  const words = guide.words.proposal;
  const about = aboutMention(guide, mention);
  return (
    <Floating
      editor={editor}
      at={asked.from}
      role="group"
      aria-label={words.label}
      className="flex w-max flex-wrap items-center gap-x-3 py-1 pr-1 pl-3"
      onMouseDown={(event) => event.preventDefault()}
    >
      <p>
        {fill(mention.agrees ? words.equal : words.against, { about })}
        {!mention.agrees && <b> {mention.expected}</b>}
      </p>
      <Button type="button" kind="quiet" onClick={() => bind(editor.view, [asked], lexicon, newBlockId)}>
        {mention.agrees ? words.bind : words.useTable}
        {mention.agrees && <kbd className="font-sans text-sm text-ink-faint max-sm:hidden">{words.keys}</kbd>}
      </Button>
    </Floating>
  );
}
