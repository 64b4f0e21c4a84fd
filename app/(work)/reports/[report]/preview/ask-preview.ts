export type PreviewPage = { sha256: string; wide: boolean };
export type Asked =
  | { state: "done"; pages: PreviewPage[] }
  | { state: "failed"; message: string }
  /** `away` is asked again; the others stay until something moves in the report or the page is loaded anew. */
  | { state: "empty" | "away" | "signed-out" | "not-yours" }
  | { state: "full"; count: number }
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
    if (!asked.ok) return await refusedAs(asked);
    const answer = (await asked.json()) as { id: string };
    for (;;) {
      const told = await fetch(`/api/exports/${answer.id}?wait`, { signal });
      if (!told.ok) return await refusedAs(told);
      const made = (await told.json()) as Made;
      if (made.status === "done") return { state: "done", pages: made.pages };
      if (made.failure?.key === "superseded") return { state: "superseded" };
      if (made.status === "failed") return { state: "failed", message: made.failure?.message ?? "" };
    }
  } catch {
    return { state: "away" };
  }
}

type Refusal = { key?: string; params?: { count?: number } };

/** What a refusal means to whoever looks at the pages; what is none (the server away, or broken) may pass. */
async function refusedAs(response: Response): Promise<Asked> {
  const { key, params } = (await response.json()) as Refusal;
  switch (key) {
    case "nothing-to-export":
      return { state: "empty" };
    case "signed-out":
      return { state: "signed-out" };
    case "not-found":
      return { state: "not-yours" };
    case "exports-full":
      return { state: "full", count: params?.count ?? 0 };
    default:
      return { state: "away" };
  }
}
