import { useState, type ChangeEvent } from "react";
import type { Figure, FigureField } from "../../../../../../domain/indicator/figure";
import { typedFigure } from "../../../../../../domain/indicator/printing";
import type { ImportError } from "../../../../../../domain/indicator/files/read-workbook";
import type { GridRow } from "../../../../../../domain/indicator/queries";
import { Button, LinkButton } from "../../../../../../ui/button";
import { Icon } from "../../../../../../ui/icon";
import { Notice } from "../../../../../../ui/notice";
import { fill } from "../../../../../fill";
import type { Change } from "../sheet/sheet";
import type { GridWords } from "../words";

/** What the server read in a file, compared with the table: nothing of it is kept yet. */
type DryRun = {
  changes: { indicatorId: string; field: FigureField; before: Figure | null; after: Figure | null }[];
  errors: ImportError[];
  unknown: string[];
};
type State = { kind: "idle" } | { kind: "reading" } | { kind: "failed"; why: string } | { kind: "read"; run: DryRun };

type Props = {
  slug: string;
  mayFill: boolean;
  rows: readonly GridRow[];
  onApply: (changes: Change[]) => void;
  words: GridWords;
};

/** The table as a file, and a file back into the table: first as differences, then, if one agrees, as one step. */
export function useXlsx({ slug, mayFill, rows, onApply, words }: Props) {
  const [state, setState] = useState<State>({ kind: "idle" });
  const { xlsx } = words;

  async function read(event: ChangeEvent<HTMLInputElement>) {
    const input = event.target;
    const file = input.files?.[0];
    if (!file) return;
    setState({ kind: "reading" });
    setState(await dryRun(slug, file, words));
    input.value = "";
  }

  const menu = (
    <details name="menu" className="relative">
      <summary className="flex min-h-(--target) items-center gap-1.5 rounded border border-line bg-white px-3.5 hover:border-line-strong hover:bg-row">
        {xlsx.label}
        <Icon name="chevron-down" />
      </summary>
      <div className="absolute right-0 z-40 mt-1 flex min-w-52 flex-col rounded border border-line bg-white py-1 shadow-float max-sm:right-auto max-sm:left-0">
        <LinkButton kind="quiet" href={`/api/reports/${slug}/annex.xlsx`} download className="justify-start">
          {xlsx.export}
        </LinkButton>
        {mayFill && (
          <>
            <LinkButton kind="quiet" href={`/api/reports/${slug}/template.xlsx`} download className="justify-start">
              {xlsx.template}
            </LinkButton>
            <label className="flex min-h-(--target) cursor-pointer items-center px-3.5 text-indigo hover:bg-indigo-tint focus-within:outline-2 focus-within:outline-indigo">
              {state.kind === "reading" ? xlsx.reading : xlsx.import}
              <input type="file" accept=".xlsx" className="sr-only" onChange={(event) => void read(event)} />
            </label>
          </>
        )}
      </div>
    </details>
  );

  const panel =
    state.kind === "failed" ? (
      <Notice tone="error">{state.why}</Notice>
    ) : state.kind === "read" ? (
      <Differences
        run={state.run}
        rows={rows}
        words={words}
        onCancel={() => setState({ kind: "idle" })}
        onApply={() => {
          onApply(state.run.changes.map(({ indicatorId: id, field, after }) => ({ id, field, figure: after })));
          setState({ kind: "idle" });
        }}
      />
    ) : null;
  return { menu, panel };
}

type DifferencesProps = {
  run: DryRun;
  rows: readonly GridRow[];
  onApply: () => void;
  onCancel: () => void;
  words: GridWords;
};

function Differences({ run, rows, onApply, onCancel, words }: DifferencesProps) {
  const { xlsx } = words;
  const names = new Map(rows.map((row) => [row.id, row.officialName]));
  const title = run.changes.length > 0 ? fill(xlsx.title, { count: run.changes.length }) : xlsx.same;
  return (
    <section aria-label={title} className="flex flex-col gap-2 border border-line bg-white px-4 py-3">
      <p role="status" className="font-semibold">
        {title}
      </p>
      {run.changes.length > 0 && (
        <ul className="max-h-60 overflow-y-auto">
          {run.changes.map(({ indicatorId, field, before, after }) => (
            <li key={`${indicatorId} ${field}`} className="flex flex-wrap gap-x-4 border-b border-line-soft py-1">
              <span className="min-w-60">
                {fill(xlsx.change, { name: names.get(indicatorId) ?? "", field: words.field[field] })}
              </span>
              <span>
                <del className="text-ink-soft">{typedFigure(before) || xlsx.blank}</del> →{" "}
                <ins className="no-underline">{typedFigure(after) || xlsx.blank}</ins>
              </span>
            </li>
          ))}
        </ul>
      )}
      {run.errors.length > 0 && (
        <div>
          <p className="flex items-start gap-2 text-status-overdue">
            <Icon name="warning" className="mt-1" />
            {fill(xlsx.errorsTitle, { count: run.errors.length })}
          </p>
          <ul className="pl-6">
            {run.errors.map((one) => (
              <li key={`${one.row} ${one.column}`}>
                {fill(xlsx.error, { row: one.row, column: one.column, typed: one.typed })}{" "}
                <span className="text-ink-soft">
                  {fill(words.error[one.error], { typed: one.typed, ...one.params })}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {run.unknown.length > 0 && <p>{fill(xlsx.unknown, { names: run.unknown.join("、") })}</p>}
      <div className="flex flex-wrap gap-2">
        {run.changes.length > 0 && (
          <Button type="button" kind="primary" onClick={onApply}>
            {fill(xlsx.apply, { count: run.changes.length })}
          </Button>
        )}
        <Button type="button" onClick={onCancel}>
          {xlsx.cancel}
        </Button>
      </div>
    </section>
  );
}

async function dryRun(slug: string, file: File, { xlsx, workbook, sheet }: GridWords): Promise<State> {
  const form = new FormData();
  form.set("file", file);
  try {
    const response = await fetch(`/api/reports/${slug}/figures/import`, { method: "POST", body: form });
    const answer = (await response.json()) as DryRun & { key?: string; params?: Record<string, string | number> };
    if (response.ok) return { kind: "read", run: answer };
    if (response.status === 401) return { kind: "failed", why: sheet.signedOut };
    const sentence = Object.entries(workbook).find(([key]) => key === answer.key)?.[1];
    if (!sentence) return { kind: "failed", why: xlsx.offline };
    const params = { megabytes: MEGABYTES, ...answer.params };
    return { kind: "failed", why: fill(xlsx.failed, { reason: fill(decided(sentence, params), params) }) };
  } catch {
    return { kind: "failed", why: xlsx.offline };
  }
}

/** What the server takes at most. */
const MEGABYTES = 5;

/** {half, select, 1 {上半年} other {全年}}: the one choice that these sentences make. */
const decided = (sentence: string, params: Record<string, string | number>): string =>
  sentence.replaceAll(
    /\{(\w+), select, (\w+) \{([^{}]*)\} other \{([^{}]*)\}\}/g,
    (_, name: string, value: string, one: string, other: string) => (String(params[name]) === value ? one : other),
  );
