import { useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Button } from "../../../../../../../ui/button";
import { TextArea } from "../../../../../../../ui/field";
import { Outcome } from "../../../../../../outcome";
import { fill } from "../../../../../../fill";
import { suggest } from "./actions";
import type { Picked } from "./text-side";
import type { RemarkProps } from "./threads";
import { useKept } from "./use-kept";
import { useSend } from "./use-send";
import { Visible } from "./visible";

type Props = Pick<RemarkProps, "sectionId" | "lead" | "isUp" | "words"> & {
  picked: Picked;
  /** Which paragraph of the text it is. */
  number: number;
  onDone: (said: string | null) => void;
};

/** Other words for a paragraph, written in its place: what is changed becomes one proposal for each change. */
export function SuggestionForm({ sectionId, lead, isUp, words, picked, number, onDone }: Props) {
  const heading = useId();
  const [room] = useState(() => document.querySelector(`main [data-remark-room="${CSS.escape(picked.blockId)}"]`));
  // Of a paragraph that reads otherwise by now, what was proposed would take others' words back.
  const [proposed, setProposed, drop] = useKept(`${sectionId}-${picked.blockText}`, picked.blockText);
  const [why, setWhy] = useState("");
  const [visible, setVisible] = useState(false);
  const { send, pending, outcome } = useSend(suggest, words.offline);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    if (picked.at) field.current?.setSelectionRange(picked.from, picked.to);
  }, [picked]);
  if (!room) return null;

  async function add() {
    const { blockId, blockText } = picked;
    const internal = lead === null || visible ? "no" : "yes";
    if (!(await send({ sectionId, blockId, blockText, proposed, text: why, internal }))) return;
    drop();
    onDone(words.suggested);
  }

  return createPortal(
    <div
      role="group"
      aria-labelledby={heading}
      className="my-2 flex flex-col gap-2 rounded border border-indigo-line bg-white p-3 text-left"
    >
      <h2 id={heading} className="font-semibold">
        {fill(words.newSuggestion, { number })}
      </h2>
      <Outcome state={outcome} />
      <TextArea
        name="remark-proposed"
        label={words.proposed}
        hint={words.proposedHint}
        value={proposed}
        rows={Math.min(12, Math.ceil(proposed.length / 24) + 1)}
        ref={field}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || event.nativeEvent.isComposing || proposed !== picked.blockText) return;
          onDone(null);
        }}
        onChange={(event) => setProposed(event.target.value)}
      />
      <TextArea
        name="remark-why"
        label={words.why}
        note={words.optional}
        value={why}
        rows={2}
        maxLength={2000}
        onChange={(event) => setWhy(event.target.value)}
      />
      {lead !== null && (
        <Visible lead={lead} isUp={isUp} forced={false} visible={visible} words={words} onChange={setVisible} />
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="button" kind="primary" pending={pending} onClick={() => void add()}>
          {pending ? words.sending : words.sendSuggestion}
        </Button>
        <Button
          type="button"
          onClick={() => {
            drop();
            onDone(null);
          }}
        >
          {words.cancel}
        </Button>
      </div>
    </div>,
    room,
  );
}
