"use client";

import { useRef, useState, type KeyboardEvent } from "react";
import { REASON_KINDS, REASON_LIMIT, REASON_SEVERITIES } from "../../domain/review/workflow";
import { Button } from "../../ui/button";
import { Select, TextArea, TextField } from "../../ui/field";
import { fill } from "../fill";
import type { ReasonWords } from "./reason-shown";
import { blockAt, offsetOf } from "./reports/[report]/sections/[section]/remarks/place-in-page";

type Props = {
  /** What the fields' names begin with, for example reasons.3; a second reason at the same place is reasons.3-1. */
  name: string;
  /** Hidden fields that say what the reasons are about. */
  target: Record<string, string>;
  /** Of a paragraph whose words can be pointed at: its block id. */
  blockId: string | null;
  /** Of a row: the choice of its cell. */
  fields?: { label: string; options: { value: string; label: string }[] };
  summary: string;
  label: string;
  /** What a refused form sends back. */
  values?: Record<string, string>;
  words: ReasonWords;
};

type Row = { key: number; field: string; kind: string; severity: string; words: string; from: string; text: string };

const BLANK: Omit<Row, "key"> = { field: "actual", kind: "other", severity: "must", words: "", from: "", text: "" };

/**
 * Under what is judged, a place for reasons: what is wrong, of which kind, whether it must be met, and, of a paragraph, on
 * which words. Without script there is room for one.
 */
export function ReasonFields({ name, target, blockId, fields, summary, label, values = NOTHING, words }: Props) {
  const [rows, setRows] = useState<Row[]>(() => [{ key: 0, ...typedIn(values, name) }]);
  const [open, setOpen] = useState(rows.some((row) => row.text !== ""));
  const [lacks, setLacks] = useState(false);
  const box = useRef<HTMLDetailsElement>(null);
  const change = (key: number, to: Partial<Row>) =>
    setRows((now) => now.map((row) => (row.key === key ? { ...row, ...to } : row)));
  const focusOn = (key: number) =>
    requestAnimationFrame(() => document.getElementById(`${nameOf(name, key)}.text`)?.focus());

  function more() {
    const key = Math.max(...rows.map((row) => row.key)) + 1;
    setRows([...rows, { key, ...BLANK, ...selectedIn(blockId) }]);
    focusOn(key);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    more();
  }

  return (
    <details ref={box} className="mb-4" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      {/* What was selected in the text stays selected: it is what the reason is about. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events */}
      <summary
        className="link ml-auto flex min-h-(--target) w-fit items-center"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          if (box.current?.open) return;
          const [first] = rows;
          const selected = selectedIn(blockId);
          if (first && selected && first.words === "") change(first.key, selected);
          focusOn(first?.key ?? 0);
        }}
      >
        {summary}
      </summary>
      {rows.map((row, index) => {
        const its = nameOf(name, row.key);
        return (
          <div key={row.key} className="mb-3 flex flex-col gap-2">
            {Object.entries(target).map(([field, value]) => (
              <input key={field} type="hidden" name={`${its}.${field}`} value={value} />
            ))}
            {blockId !== null && <input type="hidden" name={`${its}.from`} value={row.from} />}
            <TextArea
              name={`${its}.text`}
              label={index === 0 ? label : fill(words.form.label, { label, number: index + 1 })}
              placeholder={words.form.placeholder}
              rows={2}
              maxLength={REASON_LIMIT}
              value={row.text}
              onKeyDown={onKeyDown}
              onChange={(event) => change(row.key, { text: event.target.value })}
            />
            <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
              {fields && (
                <Select
                  name={`${its}.field`}
                  {...fields}
                  value={row.field}
                  onChange={(event) => change(row.key, { field: event.target.value })}
                />
              )}
              <Select
                name={`${its}.kind`}
                label={words.form.kind}
                options={REASON_KINDS.map((value) => ({ value, label: words.kind[value] }))}
                value={row.kind}
                onChange={(event) => change(row.key, { kind: event.target.value })}
              />
              <Select
                name={`${its}.severity`}
                label={words.form.severity}
                options={REASON_SEVERITIES.map((value) => ({ value, label: words.severity[value] }))}
                value={row.severity}
                onChange={(event) => change(row.key, { severity: event.target.value })}
              />
              {blockId !== null && (
                <div className="min-w-56 flex-1">
                  <TextField
                    name={`${its}.words`}
                    label={words.form.words}
                    hint={words.form.wordsHint}
                    error={lacks ? words.form.noSelection : undefined}
                    maxLength={2000}
                    autoComplete="off"
                    value={row.words}
                    onChange={(event) => change(row.key, { words: event.target.value, from: "" })}
                  />
                  <Button
                    type="button"
                    kind="quiet"
                    className="-ml-3.5"
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => {
                      const selected = selectedIn(blockId);
                      setLacks(selected === null);
                      if (selected) change(row.key, selected);
                    }}
                  >
                    {words.form.useSelected}
                  </Button>
                </div>
              )}
            </div>
            {rows.length > 1 && (
              <Button
                type="button"
                kind="quiet"
                className="-ml-3.5 self-start"
                onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}
              >
                {words.form.remove}
              </Button>
            )}
          </div>
        );
      })}
      <Button type="button" kind="quiet" className="-ml-3.5" title="Ctrl+Enter" onClick={more}>
        {words.form.more}
      </Button>
    </details>
  );
}

const NOTHING: Record<string, string> = {};

const nameOf = (name: string, key: number): string => (key === 0 ? name : `${name}-${key}`);

function typedIn(values: Record<string, string>, name: string): Omit<Row, "key"> {
  const of = (field: keyof typeof BLANK) => values[`${name}.${field}`] ?? BLANK[field];
  return {
    field: of("field"),
    kind: of("kind"),
    severity: of("severity"),
    words: of("words"),
    from: of("from"),
    text: of("text"),
  };
}

/** What is selected within the paragraph, and where it stands in it; null when that is nothing, or in another one. */
function selectedIn(blockId: string | null): { words: string; from: string } | null {
  const selection = window.getSelection();
  if (blockId === null || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  // In the compiled whole a paragraph may be several departments' words: whose they are is looked for by the words.
  if (!document.getElementById(`block-${blockId}`)) {
    const words = selection.toString().trim();
    return words === "" ? null : { words, from: "" };
  }
  const range = selection.getRangeAt(0);
  const block = blockAt(range.startContainer);
  if (!block || block.id !== `block-${blockId}` || !block.contains(range.endContainer)) return null;
  const all = document.createRange();
  all.selectNodeContents(block);
  const length = offsetOf(block, all.endContainer, all.endOffset);
  const from = offsetOf(block, range.startContainer, range.startOffset);
  const to = Math.min(offsetOf(block, range.endContainer, range.endOffset), length);
  const words = textOf(block).slice(from, to);
  return words.trim() === "" ? null : { words: words.trim(), from: String(from + words.search(/\S/)) };
}

/** The paragraph's letters, without what is only printed. */
function textOf(block: HTMLElement): string {
  const copy = block.cloneNode(true) as HTMLElement;
  for (const printed of copy.querySelectorAll("[data-printed], .figure-missing")) printed.remove();
  return copy.textContent;
}
