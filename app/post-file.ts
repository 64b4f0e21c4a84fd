/** Every way in which a file can fail to do its work, by name; `refused` carries the key of a sentence. */
export type PostFailure =
  | { status: "refused"; key: string; params: Record<string, string | number> }
  | { status: "signed-out" | "offline" | "full" | "invalid" | "too-large" }
  | { status: "broken"; reference: string };
export type Posted<T> = { status: "answered"; answer: T } | PostFailure;

/**
 * Posts a form with a file to a route of run-api.ts and names how it ended; never throws. `onSent` hears how much has gone
 * out, 0 to 1: only the older request object can tell. What takes longer than five minutes ends as "offline".
 */
export function postFile<T>(path: string, form: FormData, onSent: (share: number) => void): Promise<Posted<T>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.timeout = LONGEST_MS;
    request.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onSent(loaded / total);
    });
    request.addEventListener("load", () => resolve(outcomeOf<T>(request.status, parsed(request.responseText))));
    for (const event of ["error", "abort", "timeout"]) {
      request.addEventListener(event, () => resolve({ status: "offline" }));
    }
    request.send(form);
  });
}

const LONGEST_MS = 5 * 60_000;

type Answer = { key?: string; params?: Record<string, string | number>; outage?: string; reference?: string };

function outcomeOf<T>(status: number, answer: Answer): Posted<T> {
  switch (status) {
    case 200:
      return { status: "answered", answer: answer as T };
    case 401:
      return { status: "signed-out" };
    case 400:
      return { status: "invalid" };
    case 413:
      return { status: "too-large" };
    case 502:
    case 503:
    case 504:
      // One of ours that asks to wait, not a server that is away.
      if (answer.key !== undefined) return refusedOf(answer.key, answer);
      return { status: answer.outage === "disk-full" ? "full" : "offline" };
    default:
      if (answer.key !== undefined) return refusedOf(answer.key, answer);
      return { status: "broken", reference: answer.reference ?? String(status) };
  }
}

const refusedOf = (key: string, { params }: Answer): PostFailure => ({ status: "refused", key, params: params ?? {} });

/** What is no JSON, such as a proxy's own page, is an empty answer. */
function parsed(text: string): Answer {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}
