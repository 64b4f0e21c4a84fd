"use client";

import { useRouter } from "next/navigation";
import type { Attachment } from "../../domain/evidence/queries";
import { dateTime } from "../../messages/dates";
import { RailItem } from "../../ui/rail-item";
import { fill } from "../fill";
import { EvidenceUpload, RemoveEvidenceForm, type EvidenceWords } from "./evidence-forms";

type Props = {
  sectionId: string;
  files: Attachment[];
  /** The leaf is in the reader's hands: they add and remove. */
  mayChange: boolean;
  locale: string;
  words: EvidenceWords & Record<"none" | "about" | "size" | "removeOne", string>;
};

/** The files that belong to a leaf's text. */
export function Attachments({ sectionId, files, mayChange, locale, words }: Props) {
  const router = useRouter();
  return (
    <>
      {files.length === 0 && <p className="px-4.5 pt-3.5 text-ink-soft">{words.none}</p>}
      <ul>
        {files.map((file) => (
          <li key={file.id}>
            <RailItem kind={fill(words.about, { by: file.by, at: dateTime(file.at, locale) })}>
              <a
                href={`/api/evidence/${file.id}`}
                target="_blank"
                rel="noreferrer"
                className="link inline-flex min-h-(--target) items-center break-all underline"
              >
                {file.name}
              </a>
              <span className="ml-2 text-sm text-ink-soft">
                {fill(words.size, { size: Math.max(1, Math.round(file.size / 1024)) })}
              </span>
              {mayChange && (
                <RemoveEvidenceForm
                  evidenceId={file.id}
                  words={words}
                  label={fill(words.removeOne, { name: file.name })}
                />
              )}
            </RailItem>
          </li>
        ))}
      </ul>
      {mayChange && (
        <EvidenceUpload path={`/api/sections/${sectionId}/evidence`} onDone={() => router.refresh()} words={words} />
      )}
    </>
  );
}
