import { useActionState, useId } from "react";
import type { FigureField } from "../../../../../../domain/indicator/figure";
import type { GridCell } from "../../../../../../domain/indicator/queries";
import { TextArea, TextField } from "../../../../../../ui/field";
import { SubmitButton } from "../../../../../../ui/submit-button";
import { IDLE } from "../../../../../form-state";
import { Outcome } from "../../../../../outcome";
import { explain } from "../../actions";
import { nameSource } from "../actions";
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
