import { useActionState, useId } from "react";
import type { FigureField } from "../../../../../../domain/indicator/figure";
import type { GridCell } from "../../../../../../domain/indicator/queries";
import { TextArea, TextField } from "../../../../../../ui/field";
import { SubmitButton } from "../../../../../../ui/submit-button";
import { IDLE } from "../../../../../form-state";
import { Outcome } from "../../../../../outcome";
import { ReviseButton } from "../../../../revise-button";
import { explain } from "../../actions";
import { nameSource, revise } from "../actions";
import type { GridWords } from "../words";

type SourceProps = { indicatorId: string; field: FigureField; source: GridCell["source"]; words: GridWords };

/** Where the active figure comes from: department, document, date. */
export function SourceForm({ indicatorId, field, source, words }: SourceProps) {
  const [state, action] = useActionState(nameSource, IDLE);
  const { rail } = words;
  const typed = (name: string, kept: string | null | undefined) => state.values[name] ?? kept ?? "";
  return (
    <form action={action} className="flex flex-col gap-3 px-4.5 py-3.5">
      <Outcome state={state} done={rail.sourceSaved} />
      <input type="hidden" name="indicatorId" value={indicatorId} />
      <input type="hidden" name="field" value={field} />
      <TextField
        id="source-department"
        name="department"
        label={rail.department}
        defaultValue={typed("department", source?.department)}
        maxLength={100}
      />
      <TextField
        id="source-document"
        name="document"
        label={rail.document}
        defaultValue={typed("document", source?.document)}
        maxLength={200}
      />
      <TextField
        id="source-date"
        name="date"
        type="date"
        label={rail.date}
        defaultValue={typed("date", source?.date)}
      />
      <div>
        <SubmitButton kind="secondary" pendingLabel={rail.savingSource}>
          {rail.saveSource}
        </SubmitButton>
      </div>
    </form>
  );
}

type ExplainProps = { reportId: string; findingKey: string; blocked: string | undefined; words: GridWords };

/** Why a figure stands although a rule finds it wrong. */
export function ExplainForm({ reportId, findingKey, blocked, words }: ExplainProps) {
  const [state, action] = useActionState(explain, IDLE);
  const id = useId();
  const { rail } = words;
  return (
    <details open={state.status !== "idle" || undefined}>
      <summary className="link flex min-h-(--target) w-fit items-center">{rail.explain}</summary>
      <form action={action} className="flex flex-col gap-2">
        <Outcome state={state} />
        <input type="hidden" name="reportId" value={reportId} />
        <input type="hidden" name="key" value={findingKey} />
        <TextArea
          id={id}
          name="explanation"
          label={rail.explanation}
          hint={rail.explainHint}
          rows={3}
          maxLength={1000}
          required
          defaultValue={state.values["explanation"] ?? ""}
        />
        <div>
          <SubmitButton kind="secondary" pendingLabel={rail.explaining} blocked={blocked}>
            {rail.explainSave}
          </SubmitButton>
        </div>
      </form>
    </details>
  );
}

/** An approved row's department may go on with it; what that does stands before the button. */
export function ReviseRow({ row, words }: { row: { id: string; version: number }; words: GridWords }) {
  const [state, action] = useActionState(revise, IDLE);
  return (
    <form action={action} className="flex flex-col items-start gap-2 border-b border-line-soft px-4.5 py-2.5">
      <Outcome state={state} />
      <input type="hidden" name="rows.0.indicatorId" value={row.id} />
      <input type="hidden" name="rows.0.version" value={row.version} />
      <p className="text-sm text-ink-soft">{words.revise.row}</p>
      <ReviseButton words={words.revise} />
    </form>
  );
}
