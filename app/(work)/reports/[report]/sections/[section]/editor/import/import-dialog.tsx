import type { Editor } from "@tiptap/react";
import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import type { SectionChoice, SectionPlan } from "../../../../../../../../domain/import/section-plan";
import { isEmpty } from "../../../../../../../../domain/section/content";
import { CONTENT_LIMITS } from "../../../../../../../../domain/section/content-limits";
import { Button } from "../../../../../../../../ui/button";
import { Checkbox, Select } from "../../../../../../../../ui/field";
import { FilePicker } from "../../../../../../../../ui/file-picker";
import { Icon } from "../../../../../../../../ui/icon";
import { Notice } from "../../../../../../../../ui/notice";
import { fill } from "../../../../../../../fill";
import { sendDocument } from "../../../../../../import-file";
import { ImportedText } from "../../../../../../imported-text";
import { contentOf, newBlockId } from "../schema";
import { canAppend, takeFile, tooManyWith } from "./take-file";
import type { SectionImportWords } from "./words";

type Read = SectionPlan & { file: string };
type Props = {
  editor: Editor;
  section: { id: string; title: string };
  words: SectionImportWords;
  /** With a line about what was done, or without where nothing was. */
  onClose: (done: string | null) => void;
};

/** A file beside the text: what stands now, what the file says, and what becomes of it. Nothing changes until it is said. */
export function ImportDialog({ editor, section, words, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [line, setLine] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [read, setRead] = useState<Read | null>(null);
  const done = useRef<string | null>(null);
  useEffect(() => dialog.current?.showModal(), []);

  async function send(file: File) {
    setFailure(null);
    const answer = await sendDocument<Read>(`/api/sections/${section.id}/import`, file, {}, words.file, setLine);
    setLine(null);
    if (answer.status === "failed") setFailure(answer.why);
    else setRead(answer.answer);
  }

  function take(choice: SectionChoice, how: "replace" | "append", bind: boolean) {
    const text = bind ? choice.bound : choice.content;
    // A text that went up meanwhile is written in no more.
    if (!editor.isEditable) return dialog.current?.close();
    const tooMany = tooManyWith(editor, text, how);
    setFailure(tooMany && fill(words.tooMany, { ...tooMany, most: CONTENT_LIMITS.blocks }));
    if (tooMany || !takeFile(editor, text, how, newBlockId)) return;
    const said = fill(how === "replace" ? words.replaced : words.appended, { file: read?.file ?? "" });
    done.current = bind && choice.figures > 0 ? `${said}${fill(words.figures, { count: choice.figures })}` : said;
    dialog.current?.close();
    editor.view.focus();
  }

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={() => onClose(done.current)}
      className="m-auto flex max-h-[calc(100dvh-1rem)] w-[min(76rem,calc(100vw-1rem))] flex-col overflow-hidden rounded border border-line bg-white text-ink shadow-float backdrop:bg-ink/25 not-open:hidden"
    >
      <div className="flex items-center justify-between gap-4 border-b border-line py-1 pr-1 pl-4">
        <h2 id={titleId} className="min-w-0 truncate font-semibold">
          {fill(words.title, { section: section.title })}
        </h2>
        <button
          type="button"
          onClick={() => dialog.current?.close()}
          className="flex size-(--target) shrink-0 items-center justify-center rounded text-ink-soft -outline-offset-2 hover:text-ink"
        >
          <Icon name="close" label={words.close} />
        </button>
      </div>
      <div className="flex min-h-0 flex-col gap-3 overflow-y-auto px-4 py-3">
        <FilePicker
          label={read ? words.file.again : words.file.choose}
          drop={words.file.drop}
          hint={words.file.kinds}
          accept=".docx,.md,.txt"
          quiet={read !== null}
          busy={line}
          onFile={(file) => void send(file)}
        />
        {failure && <Notice tone="error">{failure}</Notice>}
        {read && line === null && (
          <SideBySide
            key={JSON.stringify([read.file, read.choices.length, read.chosen])}
            editor={editor}
            read={read}
            words={words}
            onTake={take}
            onCancel={() => dialog.current?.close()}
          />
        )}
      </div>
    </dialog>
  );
}

type SideProps = {
  editor: Editor;
  read: Read;
  words: SectionImportWords;
  onTake: (choice: SectionChoice, how: "replace" | "append", bind: boolean) => void;
  onCancel: () => void;
};

function SideBySide({ editor, read, words, onTake, onCancel }: SideProps) {
  const [key, setKey] = useState(read.chosen?.key ?? "");
  const [bind, setBind] = useState(true);
  const [now, setNow] = useState(() => contentOf(editor));
  const [hasChanged, setHasChanged] = useState(false);
  const choice = read.choices.find((each) => each.key === key);
  const held = new Set(choice?.holds);
  const isBound = bind && (choice?.figures ?? 0) > 0;
  const reason = read.chosen?.key === key && read.chosen.reason ? words.file.match[read.chosen.reason] : undefined;
  function take(how: "replace" | "append") {
    const present = contentOf(editor);
    const isSeen = JSON.stringify(present) === JSON.stringify(now);
    setHasChanged(!isSeen);
    setNow(present);
    // A colleague's words that came in meanwhile are seen before anything becomes of them.
    if (isSeen && choice) onTake(choice, how, isBound);
  }
  return (
    <>
      {read.choices.length === 0 && <Notice tone="warning">{words.nothing}</Notice>}
      {read.choices.length > 0 && (read.choices.length > 1 || !choice) && (
        <Select
          name="take"
          label={words.from}
          hint={reason && fill(words.by, { reason })}
          value={key}
          empty={choice ? undefined : words.choose}
          onChange={(event) => setKey(event.target.value)}
          options={read.choices.map((each) => ({ value: each.key, label: each.title || words.whole }))}
        />
      )}
      {read.choices.length > 0 && (
        <div className="grid gap-3 md:grid-cols-2">
          <Side title={words.now}>
            {isEmpty(now) ? <p className="text-ink-soft">{words.nowEmpty}</p> : <ImportedText content={now} />}
          </Side>
          <Side title={words.then} note={choice && tidiedNote(choice, words)}>
            {choice ? (
              <ImportedText content={isBound ? choice.bound : choice.content} />
            ) : (
              <p className="text-ink-soft">{words.thenEmpty}</p>
            )}
          </Side>
        </div>
      )}
      <NotTaken
        lines={read.lines.filter((_, index) => !held.has(index))}
        leftOver={read.leftOver}
        isTaken={!!choice}
        words={words}
      />
      <div className="sticky -bottom-3 -mx-4 -mb-3 flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line bg-white px-4 py-2">
        {choice && choice.figures > 0 && (
          <Checkbox
            name="bind"
            label={fill(words.bind, { count: choice.figures })}
            hint={words.bindHint}
            checked={bind}
            onChange={(event) => setBind(event.target.checked)}
          />
        )}
        {hasChanged && <Notice tone="warning">{words.changed}</Notice>}
        <div className="ml-auto flex flex-wrap gap-2">
          <Button type="button" onClick={onCancel}>
            {words.cancel}
          </Button>
          {choice && canAppend(editor, choice.content) && (
            <Button type="button" onClick={() => take("append")}>
              {words.append}
            </Button>
          )}
          {choice && (
            <Button type="button" kind="primary" onClick={() => take("replace")}>
              {isEmpty(now) ? words.put : words.replace}
            </Button>
          )}
        </div>
      </div>
    </>
  );
}

function Side({ title, note, children }: { title: string; note?: string | undefined; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col border border-line">
      <h3 className="border-b border-line bg-row px-3 py-1.5 font-semibold">
        {title}
        {note && <span className="ml-3 text-sm font-normal text-ink-soft">{note}</span>}
      </h3>
      <div tabIndex={0} className="max-h-[42dvh] overflow-y-auto px-3 py-2">
        {children}
      </div>
    </section>
  );
}

function NotTaken({
  lines,
  leftOver,
  isTaken,
  words,
}: {
  lines: readonly string[];
  leftOver: Read["leftOver"];
  isTaken: boolean;
  words: SectionImportWords;
}) {
  if (lines.length + leftOver.length === 0) {
    return isTaken ? (
      <p className="flex items-center gap-2 text-status-approved">
        <Icon name="check" />
        {words.allPlaced}
      </p>
    ) : null;
  }
  const listed = [
    { title: fill(words.without, { count: lines.length }), of: lines.map((text) => ({ why: "", text })) },
    {
      title: fill(words.leftOver, { count: leftOver.length }),
      of: leftOver.map(({ reason, text }) => ({ why: words.file.left[reason] ?? "", text })),
    },
  ];
  return (
    <>
      {listed.map(
        ({ title, of }) =>
          of.length > 0 && (
            <details key={title} open={of.length <= FEW} className="border border-line px-3">
              <summary className="flex min-h-(--target) cursor-pointer items-center gap-2">
                <Icon name="warning" className="text-status-returned" />
                {title}
              </summary>
              <ul className="pb-2">
                {of.map(({ why, text }, index) => (
                  <li key={index} className="flex gap-3 border-t border-line-soft py-1">
                    {why && <span className="shrink-0 text-ink-soft">{why}</span>}
                    <span className="min-w-0 break-words whitespace-pre-wrap">{text}</span>
                  </li>
                ))}
              </ul>
            </details>
          ),
      )}
    </>
  );
}

/** So many lines are shown at once; more are unfolded. */
const FEW = 5;

function tidiedNote({ tidied }: SectionChoice, words: SectionImportWords): string {
  if (tidied.length === 0) return words.untidied;
  const parts = tidied.map(({ kind, count }) =>
    fill(words.file.repairedPart, { kind: words.file.repair[kind], count }),
  );
  return fill(words.tidied, {
    count: tidied.reduce((sum, { count }) => sum + count, 0),
    parts: parts.join(words.and),
  });
}
