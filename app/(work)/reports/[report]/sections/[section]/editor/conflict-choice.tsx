import { useState, type ReactNode } from "react";
import type { ContentBlock } from "../../../../../../../domain/section/content";
import { holdsOneBlock } from "../../../../../../../domain/section/content-fits";
import type { SectionKind } from "../../../../../../../domain/section/workflow";
import { clockTime } from "../../../../../../../messages/dates";
import { Button } from "../../../../../../../ui/button";
import { Notice } from "../../../../../../../ui/notice";
import type { FigureGuide } from "../../../../../figure-guide";
import { SectionText } from "../../../../../section-text";
import { fill } from "../../../../../../fill";
import type { Choice } from "./join-texts";
import type { OpenCollision } from "./save-queue";
import type { EditorWords } from "./words";

type Shared = {
  kind: SectionKind;
  guide: FigureGuide;
  words: EditorWords;
  onChoose: (collision: OpenCollision, choice: Choice) => Promise<void>;
};

/** Blocks that two people wrote at once: both versions of each side by side, until somebody has decided. */
export function ConflictChoice({ collisions, ...shared }: Shared & { collisions: readonly OpenCollision[] }) {
  const [busy, setBusy] = useState(false);
  const choose = async (collision: OpenCollision, choice: Choice) => {
    setBusy(true);
    await shared.onChoose(collision, choice);
    setBusy(false);
  };
  const title = fill(shared.words.conflictTitle, { count: collisions.length });
  return (
    <section aria-label={title} className="flex flex-col gap-3">
      <Notice tone="warning" title={title}>
        <p>{shared.words.conflict}</p>
      </Notice>
      {collisions.map((collision) => (
        <Collided key={collision.key} collision={collision} busy={busy} {...shared} onChoose={choose} />
      ))}
    </section>
  );
}

function Collided({
  collision,
  busy,
  kind,
  guide,
  words,
  onChoose,
}: Shared & { collision: OpenCollision; busy: boolean }) {
  const button = (choice: Choice, label: string) => (
    <Button type="button" pending={busy} onClick={() => void onChoose(collision, choice)}>
      {label}
    </Button>
  );
  const theirs = fill(words.theirs, { by: collision.by, at: clockTime(new Date(collision.at)) });
  return (
    <div className="border border-line bg-white p-4">
      <div className="grid gap-3 md:grid-cols-2">
        <Side title={words.yours} block={collision.mine} kind={kind} guide={guide}>
          {button("mine", words.useMine)}
        </Side>
        <Side title={theirs} block={collision.theirs} kind={kind} guide={guide}>
          {button("theirs", words.useTheirs)}
        </Side>
      </div>
      {!holdsOneBlock(kind) && <div className="mt-3">{button("both", words.useBoth)}</div>}
    </div>
  );
}

type SideProps = { title: string; block: ContentBlock; kind: SectionKind; guide: FigureGuide; children: ReactNode };

function Side({ title, block, kind, guide, children }: SideProps) {
  return (
    <div className="flex flex-col gap-2">
      <h2 className="font-semibold">{title}</h2>
      <div className="sheet max-h-80 min-h-0 flex-1 overflow-y-auto border-0 bg-white p-0" tabIndex={0}>
        <SectionText content={{ type: "doc", content: [block] }} kind={kind} guide={guide} />
      </div>
      <div>{children}</div>
    </div>
  );
}
