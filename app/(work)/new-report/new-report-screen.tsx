"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { NewReportPreview } from "../../../domain/import/new-report";
import type { Messages } from "../../../messages/load";
import { Button } from "../../../ui/button";
import { ErrorSummary } from "../../../ui/error-summary";
import { Select, TextField } from "../../../ui/field";
import { FilePicker } from "../../../ui/file-picker";
import { Icon } from "../../../ui/icon";
import { Notice } from "../../../ui/notice";
import { fill } from "../../fill";
import { sendDocument } from "../import-file";
import type { ImportFileWords } from "../import-file-words";

type Words = Messages["import"]["create"] &
  Record<
    "name" | "slug" | "slugHint" | "year" | "half" | "dueOn" | "sittingOn" | "sittingHint" | "optional" | "invalid",
    string
  > & {
    halves: string[];
    route: { label: string; hint: string; usual: string };
    file: ImportFileWords;
    fields: Partial<Record<string, string>>;
  };
type Read = { file: File; preview: NewReportPreview & { file: string } };
type Props = {
  offices: readonly { id: string; name: string }[];
  routes: readonly { id: string; name: string }[];
  own: string;
  dueOn: string;
  words: Words;
};

/** Choose a file, look over the outline and its owners, name the report, make it. */
export function NewReportScreen({ offices, routes, own, dueOn, words }: Props) {
  const router = useRouter();
  const [read, setRead] = useState<Read | null>(null);
  const [line, setLine] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [wrong, setWrong] = useState<readonly string[]>([]);

  async function look(file: File, warning: string | null = null) {
    setFailure(warning);
    setWrong([]);
    const sent = await sendDocument<Read["preview"]>("/api/new-report", file, {}, words.file, setLine);
    setLine(null);
    if (sent.status === "failed") setFailure(warning ?? sent.why);
    else setRead({ file, preview: sent.answer });
  }

  async function create({ file, preview }: Read, form: FormData) {
    setFailure(null);
    setWrong([]);
    const report = JSON.stringify({ ...Object.fromEntries(form), shown: preview.shown });
    const sent = await sendDocument<{ slug: string }>("/api/new-report/confirm", file, { report }, words.file, setLine);
    if (sent.status === "read") return router.push(`/reports/${sent.answer.slug}`);
    setLine(null);
    if (sent.key === "import-changed") await look(file, sent.why);
    else if (sent.key === "invalid-fields") setWrong(String(sent.params["fields"]).split(" "));
    else setFailure(sent.why);
  }

  const errorOf = (field: string) => (wrong.includes(field) ? (words.fields[field] ?? words.file.invalid) : undefined);
  return (
    <>
      <FilePicker
        label={read ? words.file.again : words.file.choose}
        drop={words.file.drop}
        hint={words.file.kinds}
        accept=".docx,.md,.txt"
        quiet={read !== null}
        busy={line}
        onFile={(file) => void look(file)}
      />
      {failure && <Notice tone="error">{failure}</Notice>}
      {read && (
        <div key={read.preview.shown} ref={focus} tabIndex={-1} className="flex flex-col gap-4 outline-none">
          <p role="status">
            {fill(words.recognised, {
              file: read.preview.file,
              leaves: read.preview.nodes.filter((node) => !node.isHeading).length,
              indicators: read.preview.indicators,
            })}
          </p>
          <form
            aria-label={words.details}
            className="grid gap-4 border border-line bg-white p-4 sm:grid-cols-2"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              void create(read, new FormData(event.currentTarget));
            }}
          >
            {wrong.length > 0 && (
              <div className="sm:col-span-2">
                <ErrorSummary
                  title={words.invalid}
                  errors={wrong.map((field) => ({ field, message: errorOf(field) ?? "" }))}
                />
              </div>
            )}
            <TextField name="name" label={words.name} defaultValue={read.preview.name} error={errorOf("name")} />
            <TextField name="slug" label={words.slug} hint={words.slugHint} error={errorOf("slug")} />
            <TextField
              name="year"
              label={words.year}
              inputMode="numeric"
              defaultValue={read.preview.period.year ?? ""}
              error={errorOf("year")}
            />
            <Select
              name="half"
              label={words.half}
              defaultValue={String(read.preview.period.half ?? 1)}
              options={words.halves.map((label, index) => ({ value: String(index + 1), label }))}
            />
            <TextField name="dueOn" type="date" label={words.dueOn} defaultValue={dueOn} error={errorOf("dueOn")} />
            <TextField
              name="sittingOn"
              type="date"
              label={words.sittingOn}
              note={words.optional}
              hint={words.sittingHint}
              error={errorOf("sittingOn")}
            />
            {routes.length > 0 && (
              <Select
                name="routeId"
                label={words.route.label}
                hint={words.route.hint}
                empty={words.route.usual}
                options={routes.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
            <Select
              name="fallback"
              label={words.fallback}
              hint={fill(words.fallbackHint, {
                count: read.preview.nodes.filter((node) => !node.isHeading && node.owner === null).length,
              })}
              defaultValue={own}
              options={offices.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <div className="sm:col-span-2">
              <Button kind="primary" pending={line !== null}>
                {line === null ? words.create : words.creating}
              </Button>
            </div>
          </form>
          <Outline preview={read.preview} offices={offices} words={words} />
          <LeftOver leftOver={read.preview.leftOver} words={words} />
        </div>
      )}
    </>
  );
}

function Outline({ preview, offices, words }: { preview: NewReportPreview; offices: Props["offices"]; words: Words }) {
  const names = new Map(offices.map(({ id, name }) => [id, name]));
  return (
    <section aria-label={words.outline} className="border border-line bg-white">
      <h2 className="border-b border-line px-4 py-2 font-semibold">{words.outline}</h2>
      <ul>
        {preview.nodes.map(({ key, label, depth, isHeading, owner }) => (
          <li
            key={key}
            className={`flex flex-wrap justify-between gap-x-4 border-b border-line-soft px-4 py-1.5 last:border-b-0 ${
              isHeading ? "bg-row font-semibold" : ""
            }`}
          >
            <span className={depth > 0 ? "sm:pl-4" : ""}>{label}</span>
            {!isHeading && (
              <span className="text-ink-soft">
                {owner === null ? words.fallback : `${names.get(owner) ?? ""} · ${words.asBefore}`}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function LeftOver({ leftOver, words }: { leftOver: NewReportPreview["leftOver"]; words: Words }) {
  if (leftOver.length === 0) {
    return (
      <p className="flex items-center gap-2 text-status-approved">
        <Icon name="check" />
        {words.allPlaced}
      </p>
    );
  }
  const title = fill(words.leftOver, { count: leftOver.length });
  return (
    <section aria-label={title} className="border border-line bg-white">
      <h2 className="flex items-center gap-2 border-b border-line px-4 py-2 font-semibold">
        <Icon name="warning" className="text-status-returned" />
        {title}
      </h2>
      <ul>
        {leftOver.map(({ reason, text }, index) => (
          <li key={index} className="flex gap-4 border-b border-line-soft px-4 py-2 last:border-b-0">
            <span className="w-28 shrink-0 text-ink-soft">{words.file.left[reason]}</span>
            <span className="min-w-0 break-words whitespace-pre-wrap">{text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What has come is not where the button was that was pressed. */
const focus = (node: HTMLElement | null) => node?.focus();
