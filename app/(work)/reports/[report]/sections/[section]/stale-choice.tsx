"use client";

import { useActionState } from "react";
import { TextArea } from "../../../../../../ui/field";
import { Icon } from "../../../../../../ui/icon";
import { SubmitButton } from "../../../../../../ui/submit-button";
import { IDLE } from "../../../../../form-state";
import { Outcome } from "../../../../../outcome";
import type { FigureGuide } from "../../../../figure-guide";
import { acceptFigure, correctFigure, keepFigure } from "./actions";

type Props = {
  section: { id: string; version: number };
  figure: { nodeId: string; blockId: string; frozen: string; now: string | null };
  words: FigureGuide["words"]["stale"];
};

/** Take the new value, keep the text with a note, or send it back with its paragraph pinned. */
export function StaleChoice({ section, figure, words }: Props) {
  const [accepted, accept] = useActionState(acceptFigure, IDLE);
  const [kept, keep] = useActionState(keepFigure, IDLE);
  const [corrected, correct] = useActionState(correctFigure, IDLE);
  const { nodeId, blockId, frozen, now } = figure;
  const reason =
    now === null
      ? words.reasonGivenNone.replace("{frozen}", frozen)
      : words.reasonGiven.replace("{frozen}", frozen).replace("{now}", now);
  const target = (
    <>
      <input type="hidden" name="sectionId" value={section.id} />
      <input type="hidden" name="version" value={section.version} />
    </>
  );
  const decided = (
    <>
      {target}
      <input type="hidden" name="nodeId" value={nodeId} />
      <input type="hidden" name="now" value={now ?? ""} />
    </>
  );
  return (
    <div className="flex flex-col gap-2">
      <Outcome state={accepted} />
      <div className="flex flex-wrap items-start gap-2">
        {now !== null && (
          <form action={accept}>
            {decided}
            <SubmitButton kind="secondary" pendingLabel={words.accepting}>
              {words.accept}
            </SubmitButton>
          </form>
        )}
        {now !== null && (
          <Unfolding name={nodeId} label={words.keep} open={kept.status !== "idle" && kept.status !== "done"}>
            <form action={keep} className="flex flex-col gap-2">
              <Outcome state={kept} />
              {decided}
              <TextArea
                name="note"
                id={`note-${nodeId}`}
                label={words.note}
                defaultValue={kept.values["note"]}
                rows={2}
                required
                maxLength={1000}
              />
              <div>
                <SubmitButton kind="secondary" pendingLabel={words.keeping}>
                  {words.keepNow}
                </SubmitButton>
              </div>
            </form>
          </Unfolding>
        )}
        <Unfolding
          name={nodeId}
          label={words.correct}
          open={corrected.status !== "idle" && corrected.status !== "done"}
        >
          <form action={correct} className="flex flex-col gap-2">
            <Outcome state={corrected} />
            {target}
            <input type="hidden" name="reasons.0.blockId" value={blockId} />
            <input type="hidden" name="reasons.0.kind" value="data" />
            <TextArea
              name="reasons.0.text"
              id={`reason-${nodeId}`}
              label={words.reason}
              defaultValue={corrected.values["reasons.0.text"] ?? reason}
              rows={2}
              required
              maxLength={1000}
            />
            <div>
              <SubmitButton kind="danger" pendingLabel={words.correcting}>
                {words.correctNow}
              </SubmitButton>
            </div>
          </form>
        </Unfolding>
      </div>
    </div>
  );
}

type UnfoldingProps = { name: string; label: string; open: boolean; children: React.ReactNode };

/** A way out that asks for words first; open, it stands below the others. */
function Unfolding({ name, label, open, children }: UnfoldingProps) {
  return (
    <details name={`stale-${name}`} open={open || undefined} className="group open:order-last open:w-full">
      <summary className="inline-flex min-h-(--target) items-center gap-1.5 rounded border border-line bg-white pr-2.5 pl-3.5 group-open:border-line-strong group-open:bg-row hover:border-line-strong hover:bg-row">
        {label}
        <Icon name="chevron-down" className="group-open:rotate-180" />
      </summary>
      <div className="max-w-160 pt-2 pb-1">{children}</div>
    </details>
  );
}
