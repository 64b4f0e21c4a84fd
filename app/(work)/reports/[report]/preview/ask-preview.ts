export type PreviewPage = { sha256: string; wide: boolean };
export type Asked =
  | { state: "done"; pages: PreviewPage[] }
  | { state: "failed"; message: string }
  | { state: "empty" | "away" }
  | { state: "superseded" };

type Made = { status: string; pages: PreviewPage[]; failure: { key: string; message: string } | null };

/** Has the report's pages made as it stands now, and waits for them. A text that has not changed is there at once. */
export async function askPreview(report: string, signal: AbortSignal): Promise<Asked> {
  try {
    const asked = await fetch("/api/exports", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ source: "draft", report, format: "pages" }),
      signal,
    });
    const answer = (await asked.json()) as { id?: string; key?: string };
    if (answer.key === "nothing-to-export") return { state: "empty" };
    if (answer.id === undefined) return { state: "away" };
    for (;;) {
      const told = await fetch(`/api/exports/${answer.id}?wait`, { signal });
      if (!told.ok) return { state: "away" };
      const made = (await told.json()) as Made;
      if (made.status === "done") return { state: "done", pages: made.pages };
      if (made.failure?.key === "superseded") return { state: "superseded" };
      if (made.status === "failed") return { state: "failed", message: made.failure?.message ?? "" };
    }
  } catch {
    return { state: "away" };
  }
}
