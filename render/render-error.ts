/** A format could not be made, and nothing was. `details` names the font files, the characters or the diagnostics. */
export class RenderError extends Error {
  override readonly name = "RenderError";
  constructor(
    readonly key: "fonts-missing" | "characters-missing" | "pdf-failed" | "docx-failed" | "no-table",
    readonly details: readonly string[],
    options?: ErrorOptions,
  ) {
    super(`${key}: ${details.join(", ")}`, options);
  }
}
