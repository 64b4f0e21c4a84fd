import admin from "./zh-CN/admin.json";

/** What an act of the audit log is called on paper, which is Chinese whatever the screen's language is. */
export function actName(action: string): string {
  const [subject = "", act = ""] = action.split(".");
  const acts: unknown = Object(admin.did)[subject];
  const name: unknown = acts === undefined ? undefined : Object(acts)[act];
  return typeof name === "string" ? name : action;
}
