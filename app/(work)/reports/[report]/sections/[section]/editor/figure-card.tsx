import { useEditorState } from "@tiptap/react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import type { Binding } from "../../../../../../../domain/indicator/binding";
import { Button } from "../../../../../../../ui/button";
import { Select, TextArea } from "../../../../../../../ui/field";
import { Icon } from "../../../../../../../ui/icon";
import { figureHref, saidOf, subjectOf } from "../../../../../figure-guide";
import { changeFigure, closeFigure, openFigure, unbind, type OpenFigure } from "./figure-popover";
import type { EditorFigures } from "./figures-context";
import { fill } from "../../../../../../fill";
import { Floating } from "./floating";
import { bindingFrom, entryOf, isOffered, offerOf, offersFor } from "./lexicon";

/** What the chosen node is bound to, and what can be done with it. */
export function FigureCard(figures: EditorFigures) {
  const open = useEditorState({
    editor: figures.editor,
    selector: ({ editor: now }) => openFigure(now.state),
  });
  return open && <Card key={open.binding.attrs.id} open={open} {...figures} />;
}

function Card({ open, editor, lexicon, guide }: EditorFigures & { open: OpenFigure }) {
  const { binding } = open;
  const { words } = guide;
  const [rewording, setRewording] = useState(false);
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (open.entered) close.current?.focus();
  }, [open.entered]);
  // What had the focus is gone; the text takes it, so that the keys go on working.
  const leaveRewording = () => {
    setRewording(false);
    editor.view.focus();
  };
  const name = subjectOf(guide, binding);
  const entry = binding.type === "count" ? undefined : entryOf(lexicon, binding.attrs.indicator);
  const offers = offersFor(lexicon, binding);
  const offer = offerOf(lexicon, binding);
  // A whole clause is about its amount.
  const field = binding.type === "figure" ? binding.attrs.field : "actual";
  const state = entry?.states[field];
  const href = figureHref(guide, binding);
  const takeOffer = (index: number) => {
    const chosen = offers[index];
    if (chosen) changeFigure(editor, open, bindingFrom(chosen, entry?.code ?? "", binding.attrs.id));
  };
  const fromTable = () =>
    changeFigure(editor, open, {
      ...binding,
      attrs: { ...binding.attrs, text: offer?.words ?? "", wording: null },
    } as Binding);
  return (
    <Floating
      editor={editor}
      at={open.at}
      role="dialog"
      aria-label={fill(words.popover.label, { name })}
      className="flex w-84 flex-col gap-2.5 p-3.5"
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.nativeEvent.isComposing) closeFigure(editor.view);
      }}
    >
      <div className="-mt-2 -mr-2 flex items-center justify-between gap-2">
        <b>{name}</b>
        <button
          ref={close}
          type="button"
          aria-label={words.popover.close}
          onClick={() => closeFigure(editor.view)}
          className="flex size-(--target) shrink-0 items-center justify-center rounded text-ink-soft hover:bg-row hover:text-ink"
        >
          <Icon name="close" />
        </button>
      </div>
      {binding.type !== "count" && !entry ? (
        <p className="text-ink-soft">{words.popover.unknown}</p>
      ) : (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
          <dt className="text-ink-soft">{words.popover.now}</dt>
          <dd>
            {offer?.words ?? words.none}
            {state && words.state[state] && (
              <span className="ml-2 text-sm text-status-returned">{words.state[state]}</span>
            )}
          </dd>
          {entry && (
            <>
              <dt className="text-ink-soft">{words.popover.from}</dt>
              <dd>{entry.sources[field] ?? entry.organ}</dd>
            </>
          )}
        </dl>
      )}
      {rewording ? (
        <Rewording
          binding={binding}
          words={words}
          onUse={(text, reason) => {
            changeFigure(editor, open, {
              ...binding,
              attrs: { ...binding.attrs, text, wording: { text, reason } },
            } as Binding);
            leaveRewording();
          }}
          onCancel={leaveRewording}
        />
      ) : (
        <>
          {binding.attrs.wording ? (
            <p className="border-l-2 border-mark-line pl-2.5 text-ink-soft">
              {fill(words.popover.ownBecause, { reason: binding.attrs.wording.reason })}
            </p>
          ) : (
            offers.length > 0 && (
              <Select
                name="figure-wording"
                label={words.popover.wording}
                value={String(offers.findIndex((one) => isOffered(one, binding)))}
                onChange={(event) => takeOffer(Number(event.target.value))}
                options={offers.map((one, index) => ({
                  value: String(index),
                  label: `${saidOf(words, one)}：${one.words ?? words.none}`,
                }))}
                empty={offer ? undefined : "—"}
              />
            )
          )}
          <div className="-mx-3.5 -mb-2 flex flex-wrap border-t border-line-soft px-1 pt-1">
            {binding.attrs.wording && (
              <Button type="button" kind="quiet" onClick={fromTable}>
                {words.popover.ownDrop}
              </Button>
            )}
            <Button type="button" kind="quiet" onClick={() => setRewording(true)}>
              {words.popover.own}
            </Button>
            {binding.attrs.text !== "" && (
              <Button type="button" kind="quiet" onClick={() => unbind(editor, open)}>
                {words.popover.unbind}
              </Button>
            )}
            {href !== null && (
              <a
                href={href}
                target="_blank"
                rel="noreferrer"
                className="link inline-flex min-h-(--target) items-center px-3.5"
              >
                {words.popover.table}
              </a>
            )}
          </div>
        </>
      )}
    </Floating>
  );
}

type RewordingProps = {
  binding: Binding;
  words: EditorFigures["guide"]["words"];
  onUse: (text: string, reason: string) => void;
  onCancel: () => void;
};

/** Other words than the table's, with a reason that reviewers see. */
function Rewording({ binding, words, onUse, onCancel }: RewordingProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("textarea")?.focus(), []);
  const use = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const [text = "", reason = ""] = ["own-text", "own-reason"].map((name) => oneLine(String(given.get(name))));
    if (text !== "" && reason !== "") onUse(text, reason);
  };
  return (
    <form ref={form} onSubmit={use} className="flex flex-col gap-2.5">
      <TextArea
        name="own-text"
        label={words.popover.ownText}
        defaultValue={binding.attrs.text}
        rows={2}
        required
        maxLength={400}
      />
      <TextArea
        name="own-reason"
        label={words.popover.ownReason}
        defaultValue={binding.attrs.wording?.reason}
        rows={2}
        required
        maxLength={400}
      />
      <div className="flex gap-2">
        <Button kind="primary">{words.popover.ownUse}</Button>
        <Button type="button" onClick={onCancel}>
          {words.popover.cancel}
        </Button>
      </div>
    </form>
  );
}

/** A node stands in a line. */
const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, "").trim();
