/** What a form gets back, in the user's language. Whatever happens, what was typed comes back with it. */
export type FormState = {
  status: "idle" | "done" | "signed-out" | "invalid" | "refused" | "away" | "broken";
  message: string;
  /** Field name → what is wrong with it. */
  fields: Record<string, string>;
  values: Record<string, string>;
};

export const IDLE: FormState = { status: "idle", message: "", fields: {}, values: {} };
