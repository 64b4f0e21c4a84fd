"use client";

import { useRef, useState, useSyncExternalStore } from "react";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { FilePicker } from "../../../ui/file-picker";
import { Notice } from "../../../ui/notice";
import { sha256 } from "../sha256";

type Words = Record<"lead" | "choose" | "drop" | "counting" | "failed" | "hash" | "hashHint" | "compare", string>;
/** `hash`: what was asked last. */
type Props = { path: string; hash: string; words: Words };

/**
 * A file's hash, computed here: the file never leaves the computer, only its hash is asked about. Without script the hash is
 * typed into the same form.
 */
export function FileCheck({ path, hash, words }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<"idle" | "counting" | "failed">("idle");
  const hasScript = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
  async function check(file: File) {
    setState("counting");
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (field.current) field.current.value = await sha256(bytes);
      form.current?.requestSubmit();
      setState("idle");
    } catch {
      setState("failed");
    }
  }
  return (
    <>
      {hasScript && (
        <FilePicker
          label={words.choose}
          drop={words.drop}
          hint={words.lead}
          accept=""
          busy={state === "counting" ? words.counting : null}
          onFile={(file) => void check(file)}
        />
      )}
      {state === "failed" && <Notice tone="error">{words.failed}</Notice>}
      <form ref={form} action={path} method="get" className="flex flex-col items-start gap-3">
        <TextField
          ref={field}
          name="sha256"
          label={words.hash}
          hint={words.hashHint}
          defaultValue={hash}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          required
          className="font-mono"
        />
        <Button>{words.compare}</Button>
      </form>
    </>
  );
}
