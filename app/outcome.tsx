import { ErrorSummary } from "../ui/error-summary";
import { Notice } from "../ui/notice";
import type { FormState } from "./form-state";

/** What became of a form: nothing yet, a list of fields to put right, or one line that says what is safe. */
export function Outcome({ state, done }: { state: FormState; done?: string }) {
  if (state.status === "idle") return null;
  if (state.status === "done") return done ? <Notice tone="success">{done}</Notice> : null;
  if (state.status === "invalid") {
    const errors = Object.entries(state.fields).map(([field, message]) => ({ field, message }));
    return <ErrorSummary title={state.message} errors={errors} />;
  }
  return <Notice tone={state.status === "refused" ? "warning" : "error"}>{state.message}</Notice>;
}
