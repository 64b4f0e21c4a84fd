import { useId, useState } from "react";
import { Button } from "../../../../../../../ui/button";
import { Outcome } from "../../../../../../outcome";
import { fill } from "../../../../../../fill";
import { comment } from "./actions";
import type { Picked } from "./text-side";
import type { RemarkProps } from "./threads";
import { useKept } from "./use-kept";
import { useSend } from "./use-send";
import { Visible } from "./visible";
import { isSendable, namedIn, WordsField } from "./words-field";

type Props = Pick<RemarkProps, "sectionId" | "mentions" | "lead" | "isUp" | "words"> & {
  picked: Picked;
  save: () => Promise<boolean>;
  onDone: (said: string | null) => void;
};

/** A comment on the words that were chosen. No form element: on the review page it would stand inside another one. */
export function CommentForm({ sectionId, mentions, lead, isUp, words, picked, save, onDone }: Props) {
  const heading = useId();
  const [text, setText, drop] = useKept(sectionId);
  const [visible, setVisible] = useState(false);
  const { send, pending, outcome, refuse } = useSend(comment, words.offline);
  const offered = isUp ? mentions : mentions.filter((one) => one.role !== "lead");
  const named = namedIn(text, offered);
  const namesLead = named.includes("lead");

  async function add() {
    if (!isSendable(text)) return refuse(text.trim() === "" ? words.noWords : fill(words.tooLong, { most: 2000 }));
    if (!(await save())) return refuse(words.unsaved);
    const { blockId, blockText, from, to } = picked;
    const internal = lead === null || visible || namesLead ? "no" : "yes";
    const place = { sectionId, blockId, blockText, from: String(from), to: String(to) };
    if (!(await send({ ...place, text, internal, mentions: named }))) return;
    drop();
    onDone(words.added);
  }

  function giveUp() {
    drop();
    onDone(null);
  }

  return (
    <div
      role="group"
      aria-labelledby={heading}
      className="flex flex-col gap-2 border-b border-line bg-row px-4.5 py-3.5"
    >
      <h2 id={heading} className="font-semibold">
        {words.new}
      </h2>
      <blockquote aria-label={words.quoteOf} className="line-clamp-4 border-l-2 border-mark-line pl-2.5 text-ink-soft">
        {picked.blockText.slice(picked.from, picked.to)}
      </blockquote>
      <Outcome state={outcome} />
      <WordsField
        label={words.text}
        value={text}
        mentions={offered}
        words={words}
        onChange={setText}
        onEscape={() => text.trim() === "" && giveUp()}
      />
      {lead !== null && (
        <Visible lead={lead} isUp={isUp} forced={namesLead} visible={visible} words={words} onChange={setVisible} />
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="button" kind="primary" pending={pending} onClick={() => void add()}>
          {pending ? words.sending : words.send}
        </Button>
        <Button type="button" onClick={giveUp}>
          {words.cancel}
        </Button>
      </div>
    </div>
  );
}
