"use client";

import { useEditorState, type Editor } from "@tiptap/react";
import type { Place } from "../../../../../../../domain/check/finding";
import type { Binding } from "../../../../../../../domain/indicator/binding";
import { Button } from "../../../../../../../ui/button";
import { aboutFigure, aboutMention, type FigureGuide } from "../../../../../figure-guide";
import { FindingItem, Waived } from "../../../../../finding-item";
import { findingOf, isWaiting, type FindingLine } from "../../../../../finding-line";
import { BoundWords, NumberItem, OwnReason, Quoted, RailHeading } from "../../../../../number-item";
import { ExplainFinding } from "../../../explain-finding";
import { bindingsIn } from "./figure-nodes";
import { useEditorFigures, type EditorFigures } from "./figures-context";
import { bind, foundIn, goTo, placeIn, type Found } from "./recognition";
import { newBlockId } from "./schema";

type Figures = EditorFigures & { findings: FindingLine[] };

/** The numbers of the text as it is written: against the table, equal but unbound, bound; and what the checks found. */
export function LiveFigures({ reportId }: { reportId: string }) {
  const figures = useEditorFigures();
  return figures && <Live {...figures} reportId={reportId} />;
}

/** How many numbers contradict the table or wait for an explanation: beside the tab's name. */
export function LiveFigureCount() {
  const figures = useEditorFigures();
  return figures && <Count {...figures} />;
}

function Live({ editor, lexicon, guide, findings, reportId }: Figures & { reportId: string }) {
  const { words } = guide;
  const { loose, nodes } = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      loose: foundIn(now.state).map(({ from: _, to: __, ...one }) => one),
      nodes: bindingsIn(now.state.doc).map((one) => one.binding),
    }),
  });
  const conflicting = loose.filter((one) => !one.mention.agrees);
  const equal = loose.filter((one) => one.mention.agrees);
  const own = nodes.filter((binding) => binding.attrs.wording);
  const bound = nodes.filter((binding) => !binding.attrs.wording);
  const current = (one: Placeless) => foundIn(editor.state)[loose.indexOf(one)];
  const bindOne = (one: Placeless) => {
    const now = current(one);
    if (now) bind(editor.view, [now], lexicon, newBlockId);
  };
  const same = conflicting.map((one) => findingOf(findings, one));
  const others = findings.filter((finding) => !same.includes(finding));
  const look = (one: Placeless) => {
    const now = current(one);
    if (now) goTo(editor.view, now.from, now.to);
  };
  return (
    <>
      <p className="border-b border-line-soft px-4.5 py-3 text-sm text-ink-soft">{words.panel.hint}</p>
      {conflicting.length > 0 && (
        <>
          <RailHeading count={conflicting.length}>{words.panel.conflicting}</RailHeading>
          <ul>
            {conflicting.map((one, index) => {
              const finding = same[index];
              return (
                <NumberItem
                  key={index}
                  about={aboutMention(guide, one.mention)}
                  quote={<Quote one={one} words={words} onLook={() => look(one)} />}
                  note={
                    <p>
                      {words.panel.table} <b>{one.mention.expected}</b>
                    </p>
                  }
                  action={
                    <Button type="button" kind="quiet" onClick={() => bindOne(one)}>
                      {words.panel.useTable}
                    </Button>
                  }
                >
                  {finding && <Waived finding={finding} words={words.finding} />}
                  {finding && <Explained finding={finding} reportId={reportId} words={words} />}
                </NumberItem>
              );
            })}
          </ul>
        </>
      )}
      {equal.length > 0 && (
        <>
          <RailHeading
            count={equal.length}
            action={
              <Button
                type="button"
                kind="quiet"
                onClick={() =>
                  bind(
                    editor.view,
                    foundIn(editor.state).filter((one) => one.mention.agrees),
                    lexicon,
                    newBlockId,
                  )
                }
              >
                {words.panel.bindAll}
              </Button>
            }
          >
            {words.panel.loose}
          </RailHeading>
          <ul>
            {equal.map((one, index) => (
              <NumberItem
                key={index}
                about={aboutMention(guide, one.mention)}
                quote={<Quote one={one} words={words} onLook={() => look(one)} />}
                action={
                  <Button type="button" kind="quiet" onClick={() => bindOne(one)}>
                    {words.panel.bind}
                  </Button>
                }
              />
            ))}
          </ul>
        </>
      )}
      {others.length > 0 && (
        <>
          <RailHeading count={others.length}>{words.panel.findings}</RailHeading>
          {others.map((finding) => (
            <FindingItem
              key={finding.key}
              finding={finding}
              words={words.finding}
              quote={
                finding.quote && (
                  <LookButton label={words.panel.goTo} onLook={() => lookAtPlace(editor, finding.where)}>
                    <Quoted quote={finding.quote} look="mark" />
                  </LookButton>
                )
              }
            >
              <Explained finding={finding} reportId={reportId} words={words} />
            </FindingItem>
          ))}
        </>
      )}
      {own.length > 0 && <RailHeading count={own.length}>{words.panel.own}</RailHeading>}
      <BoundList bound={own} editor={editor} guide={guide} />
      {bound.length > 0 && <RailHeading count={bound.length}>{words.panel.bound}</RailHeading>}
      <BoundList bound={bound} editor={editor} guide={guide} />
      {nodes.length + loose.length === 0 && <p className="px-4.5 py-3.5 text-ink-soft">{words.panel.nothing}</p>}
    </>
  );
}

function BoundList({ bound, editor, guide }: { bound: Binding[]; editor: Editor; guide: FigureGuide }) {
  return (
    <ul>
      {bound.map((binding) => (
        <NumberItem
          key={binding.attrs.id}
          about={aboutFigure(guide, binding)}
          quote={
            <LookButton label={guide.words.panel.goTo} onLook={() => lookAt(editor, binding)}>
              <BoundWords binding={binding} guide={guide} />
            </LookButton>
          }
          note={<OwnReason binding={binding} guide={guide} />}
        />
      ))}
    </ul>
  );
}

function Count({ editor, findings }: Figures) {
  const count = useEditorState({
    editor,
    selector: ({ editor: now }) => {
      const against = foundIn(now.state).filter((one) => !one.mention.agrees);
      const same = against.map((one) => findingOf(findings, one));
      const waiting = findings.filter((finding) => isWaiting(finding) && !same.includes(finding));
      return waiting.length + same.filter((finding) => !finding || isWaiting(finding)).length;
    },
  });
  return count > 0 ? count : null;
}

type Placeless = Omit<Found, "from" | "to">;

function Quote({ one, words, onLook }: { one: Placeless; words: FigureGuide["words"]; onLook: () => void }) {
  return (
    <LookButton label={words.panel.goTo} onLook={onLook}>
      <Quoted quote={one.quote} look={one.mention.agrees ? "loose" : "mark"} />
    </LookButton>
  );
}

function LookButton({ label, onLook, children }: { label: string; onLook: () => void; children: React.ReactNode }) {
  return (
    <button type="button" title={label} onClick={onLook} className="block w-full py-1 text-left hover:bg-row">
      {children}
    </button>
  );
}

function Explained({
  finding,
  reportId,
  words,
}: {
  finding: FindingLine;
  reportId: string;
  words: FigureGuide["words"];
}) {
  if (!isWaiting(finding)) return null;
  return <ExplainFinding reportId={reportId} findingKey={finding.key} words={words.finding} />;
}

function lookAt(editor: Editor, { attrs: { id } }: Binding): void {
  const found = bindingsIn(editor.state.doc).find((one) => one.binding.attrs.id === id);
  if (found) goTo(editor.view, found.at, found.at + 1);
}

function lookAtPlace(editor: Editor, where: Place): void {
  const place = where.in === "text" ? placeIn(editor.state.doc, where.block, where.from, where.to) : null;
  if (place) goTo(editor.view, place.from, place.to);
}
