import { useState } from "react";
import type { Content } from "../../../../../../../domain/section/content";
import type { SectionKind } from "../../../../../../../domain/section/workflow";
import { clockTime } from "../../../../../../../messages/dates";
import { Button } from "../../../../../../../ui/button";
import { Notice } from "../../../../../../../ui/notice";
import type { FigureGuide } from "../../../../../figure-guide";
import { SectionText } from "../../../../../section-text";
import { fill } from "../../../../../../fill";
import type { TheirText } from "./save-queue";
import type { EditorWords } from "./words";

type Props = {
  mine: Content;
  theirs: TheirText;
  kind: SectionKind;
  guide: FigureGuide;
  words: EditorWords;
  onChoose: (choice: "mine" | "theirs", theirs: TheirText) => Promise<void>;
};

/** Two people saved: both texts side by side, and a choice that keeps the other as a revision. */
export function ConflictChoice({ mine, theirs, kind, guide, words, onChoose }: Props) {
  const [busy, setBusy] = useState(false);
  const choose = async (choice: "mine" | "theirs") => {
    setBusy(true);
    await onChoose(choice, theirs);
    setBusy(false);
  };
  return (
    <section aria-label={fill(words.conflictTitle, { by: theirs.by })} className="flex flex-col gap-3">
      <Notice tone="warning" title={fill(words.conflictTitle, { by: theirs.by })}>
        <p>{words.conflict}</p>
      </Notice>
      <div className="grid gap-3 md:grid-cols-2">
        <Side title={words.yours} content={mine} kind={kind} guide={guide}>
          <Button type="button" kind="primary" pending={busy} onClick={() => void choose("mine")}>
            {words.useMine}
          </Button>
        </Side>
        <Side
          title={fill(words.theirs, { by: theirs.by, at: clockTime(new Date(theirs.at)) })}
          content={theirs.content}
          kind={kind}
          guide={guide}
        >
          <Button type="button" pending={busy} onClick={() => void choose("theirs")}>
            {words.useTheirs}
          </Button>
        </Side>
      </div>
    </section>
  );
}

function Side({
  title,
  content,
  kind,
  guide,
  children,
}: {
  title: string;
  content: Content;
  kind: SectionKind;
  guide: FigureGuide;
  children: React.ReactNode;
}) {
  return (
    <div className="flex flex-col gap-2 border border-line bg-white p-4">
      <h2 className="font-semibold">{title}</h2>
      <div className="sheet max-h-80 min-h-0 flex-1 overflow-y-auto border-0 bg-white p-0">
        <SectionText content={content} kind={kind} guide={guide} />
      </div>
      <div>{children}</div>
    </div>
  );
}
