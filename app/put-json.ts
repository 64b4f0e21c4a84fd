/** Every way in which a write to our own API can fail, by name. Full disk and a database that is away are the server's. */
export type PutFailure =
  | { status: "signed-out" | "offline" | "full" | "invalid" | "not-open" }
  | { status: "broken"; reference: string };
type Put<T> = { status: "answered"; answer: Partial<T> } | PutFailure;

/** Puts JSON to a route of run-api.ts and names how it ended; never throws. 409 carries an answer too. */
export async function putJson<T extends object>(path: string, body: object): Promise<Put<T>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
  } catch {
    return { status: "offline" };
  }
  const answer = (await response.json().catch(() => ({}))) as Partial<T & { reference: string; outage: string }>;
  switch (response.status) {
    case 200:
    case 409:
      return { status: "answered", answer };
    case 401:
      return { status: "signed-out" };
    case 403:
    case 404:
      return { status: "not-open" };
    case 400:
    case 413:
      return { status: "invalid" };
    case 502:
    case 503:
    case 504:
      return { status: answer.outage === "disk-full" ? "full" : "offline" };
    default:
      return { status: "broken", reference: answer.reference ?? String(response.status) };
  }
}
