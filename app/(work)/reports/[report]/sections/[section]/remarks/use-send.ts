import { useState } from "react";
import { IDLE, type FormState } from "../../../../../../form-state";

/** Sends a form's values, and keeps what came of it. Without a connection too, what was typed stays where it is. */
export function useSend<Answer extends FormState>(action: (form: FormData) => Promise<Answer>, offline: string) {
  const [pending, setPending] = useState(false);
  const [outcome, setOutcome] = useState<FormState>(IDLE);

  /** The answer when it was done, null when not. */
  async function send(values: Record<string, string>): Promise<Answer | null> {
    const form = new FormData();
    for (const [name, value] of Object.entries(values)) form.set(name, value);
    setPending(true);
    const answer = await action(form).catch(() => null);
    setPending(false);
    setOutcome(answer ?? refused(offline));
    return answer?.status === "done" ? answer : null;
  }
  return { send, pending, outcome, refuse: (message: string) => setOutcome(refused(message)) };
}

const refused = (message: string): FormState => ({ ...IDLE, status: "away", message });
