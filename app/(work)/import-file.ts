import { IMPORT_LIMIT_MEGABYTES } from "../../domain/import/import-limit";
import { fill } from "../fill";
import { postFile, type PostFailure } from "../post-file";
import type { ImportFileWords } from "./import-file-words";

/** `key` and `params`: of the refusal, where it is one. */
export type Reading<T> =
  | { status: "read"; answer: T }
  | { status: "failed"; why: string; key: string | null; params: Record<string, string | number> };

/** Sends a document to be read; what fails is said in the user's words. `onStep` gets a line about where it stands. */
export async function sendDocument<T>(
  path: string,
  file: File,
  fields: Record<string, string>,
  words: ImportFileWords,
  onStep: (line: string) => void,
): Promise<Reading<T>> {
  // The server says the same, after the whole of it has gone over the network.
  if (file.size > IMPORT_LIMIT_MEGABYTES * 1024 * 1024) return failed({ status: "too-large" }, words);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", file);
  onStep(fill(words.sending, { percent: 0 }));
  const posted = await postFile<T>(path, form, (share) =>
    onStep(share < 1 ? fill(words.sending, { percent: Math.floor(share * 100) }) : words.reading),
  );
  return posted.status === "answered" ? { status: "read", answer: posted.answer } : failed(posted, words);
}

function failed(failure: PostFailure, words: ImportFileWords): Reading<never> {
  const { key, params } = failure.status === "refused" ? failure : { key: null, params: {} };
  return { status: "failed", why: sentence(failure, words), key, params };
}

function sentence(failure: PostFailure, words: ImportFileWords): string {
  const limit = { megabytes: IMPORT_LIMIT_MEGABYTES };
  switch (failure.status) {
    case "refused": {
      const reason = words.refusals[failure.key];
      if (reason === undefined) return words.invalid;
      return fill(words.refused, { reason: fill(reason, { ...limit, ...failure.params }) });
    }
    case "too-large":
      return fill(words.refused, { reason: fill(words.refusals["refused-too-large"] ?? "", limit) });
    case "broken":
      return fill(words.broken, { reference: failure.reference });
    case "signed-out":
      return words.signedOut;
    default:
      return words[failure.status];
  }
}
