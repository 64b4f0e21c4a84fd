"use client";

import { useState } from "react";
import type { Laid } from "../../../../../domain/import/mutations";
import type { ConfirmImport } from "../../../../../domain/import/schema";
import { FilePicker } from "../../../../../ui/file-picker";
import { Notice } from "../../../../../ui/notice";
import { sendDocument } from "../../../import-file";
import { Comparison } from "./comparison";
import { ImportDone } from "./import-done";
import type { ImportWords, OutlineRow, Preview } from "./preview";

type Props = { slug: string; outline: readonly OutlineRow[]; words: ImportWords };
type Step =
  | { kind: "choosing" }
  | { kind: "comparing"; file: File; preview: Preview }
  | { kind: "done"; preview: Preview; laid: Laid; choices: ConfirmImport["choices"] };

/** Choose a file, look over what it would put where, lay it in. The file stays in the browser and is sent both times. */
export function ImportScreen({ slug, outline, words }: Props) {
  const [step, setStep] = useState<Step>({ kind: "choosing" });
  const [line, setLine] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  async function read(file: File, warning: string | null = null) {
    setFailure(warning);
    const sent = await sendDocument<Preview>(`/api/reports/${slug}/import`, file, {}, words.file, setLine);
    setLine(null);
    if (sent.status === "failed") setFailure(warning ?? sent.why);
    else setStep({ kind: "comparing", file, preview: sent.answer });
  }

  async function confirm(file: File, preview: Preview, choices: ConfirmImport["choices"], bind: boolean) {
    setFailure(null);
    const agreed: ConfirmImport = { shown: preview.shown, bind, choices };
    const path = `/api/reports/${slug}/import/confirm`;
    const sent = await sendDocument<Laid>(path, file, { choices: JSON.stringify(agreed) }, words.file, setLine);
    setLine(null);
    if (sent.status === "read") setStep({ kind: "done", preview, laid: sent.answer, choices });
    // What was looked over is no longer so: here is what is.
    else if (sent.key === "import-changed") await read(file, sent.why);
    else setFailure(sent.why);
  }

  return (
    <>
      {step.kind !== "done" && (
        <FilePicker
          label={step.kind === "choosing" ? words.file.choose : words.file.again}
          drop={words.file.drop}
          hint={words.file.kinds}
          accept=".docx,.md,.txt"
          quiet={step.kind === "comparing"}
          busy={line}
          onFile={(file) => void read(file)}
        />
      )}
      {failure && <Notice tone="error">{failure}</Notice>}
      {step.kind === "comparing" && (
        <div key={step.preview.shown} ref={focus} tabIndex={-1} className={RESULT}>
          <Comparison
            slug={slug}
            outline={outline}
            preview={step.preview}
            line={line}
            words={words}
            onConfirm={(choices, bind) => void confirm(step.file, step.preview, choices, bind)}
          />
        </div>
      )}
      {step.kind === "done" && (
        <div ref={focus} tabIndex={-1} className={RESULT}>
          <ImportDone slug={slug} outline={outline} {...step} words={words} />
        </div>
      )}
    </>
  );
}

const RESULT = "flex flex-col gap-4 outline-none";

/** What has come is not where the button was that was pressed. */
const focus = (node: HTMLElement | null) => node?.focus();
