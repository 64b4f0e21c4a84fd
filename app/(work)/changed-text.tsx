import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { stretchesOf, tallyOf, type BlockChange, type FormChange, type RowChange } from "../../domain/section/compare";
import type { Change } from "../../domain/section/compare-words";
import { blockText } from "../../domain/section/content";
import { pointNumbers } from "../../domain/section/numbering";
import type { SectionKind } from "../../domain/section/workflow";

type Props = { changes: readonly BlockChange[]; kind: SectionKind };

/**
 * A text with what became of its blocks: a sign and a word over each, words taken away struck and put in underlined, a
 * move with both its ends. What nothing happened to is folded away. Works without script.
 */
export function ChangedText({ changes, kind }: Props) {
  const t = useTranslations("history");
  const points = pointNumbers(changes.flatMap(({ kind: does, block }) => (GONE.has(does) ? [] : [block])));
  const show = (change: BlockChange) => (
    <Words change={change} kind={kind} point={GONE.has(change.kind) ? undefined : points.get(change.id)} />
  );
  return (
    <div className="doc">
      {stretchesOf(changes).map((stretch, index) => {
        if (stretch.kind === "change")
          return <Changed key={index} change={stretch.change} words={show(stretch.change)} />;
        const [only, ...others] = stretch.blocks;
        if (only && others.length === 0) {
          return (
            <div key={index} className={QUIET}>
              {show(only)}
            </div>
          );
        }
        return (
          <details key={index}>
            <summary className="link my-2 flex min-h-(--target) items-center justify-center font-sans text-base">
              {t("change.unchanged", { count: stretch.blocks.length })}
            </summary>
            {stretch.blocks.map((change) => (
              <div key={change.id} className={QUIET}>
                {show(change)}
              </div>
            ))}
          </details>
        );
      })}
    </div>
  );
}

/** 改 2 段，增 1 段，删 0 段，移 1 段. */
export function ChangeTally({ changes }: { changes: readonly BlockChange[] }) {
  const t = useTranslations("history");
  const tally = tallyOf(changes);
  const isSame = Object.values(tally).every((count) => count === 0);
  return isSame ? t("compare.same") : t("compare.tally", tally);
}

const GONE: ReadonlySet<BlockChange["kind"]> = new Set(["removed", "left"]);

const SIGNS = { same: "↕", added: "+", removed: "−", changed: "±", left: "↕" } as const;

/** One block that something happened to, under a line that says what. */
function Changed({ change, words }: { change: BlockChange; words: ReactNode }) {
  const t = useTranslations("history");
  const { id, kind, moved } = change;
  const says = kind === "same" || kind === "left" ? [] : [t(`change.${kind}`)];
  if (kind === "left" && moved) {
    return (
      <div id={`was-${id}`} className={`${BAR} border-dashed border-line-strong`}>
        <Line sign={SIGNS.left} says={[t("change.movedAway", moved)]}>
          <a href={`#now-${id}`} className="link inline-flex min-h-(--target) items-center">
            {t("change.goThere")}
          </a>
        </Line>
        <p className="text-ink-faint">{shortened(blockText(change.block), 40)}</p>
      </div>
    );
  }
  return (
    <div id={moved ? `now-${id}` : undefined} className={`${BAR} ${BORDERS[kind]}`}>
      <Line
        sign={SIGNS[kind]}
        says={[
          ...says,
          ...(moved ? [t("change.movedHere", moved)] : []),
          ...change.form.map((form) => formWords(form, t)),
        ]}
      >
        {moved && (
          <a href={`#was-${id}`} className="link inline-flex min-h-(--target) items-center">
            {t("change.goBack")}
          </a>
        )}
      </Line>
      {words}
    </div>
  );
}

const BAR = "my-3 scroll-mt-20 border-l-4 pl-3";
/** As far in as what has a bar. */
const QUIET = "my-3 pl-4";
const BORDERS = {
  same: "border-line-strong",
  left: "border-line-strong",
  changed: "border-mark-line",
  added: "border-status-approved",
  removed: "border-status-overdue",
} as const;

function Line({ sign, says, children }: { sign: string; says: string[]; children?: ReactNode }) {
  return (
    <div className="flex items-baseline gap-x-2 font-sans text-base text-ink-soft">
      <span aria-hidden className="w-4 shrink-0 text-center font-semibold">
        {sign}
      </span>
      <span className="min-w-0">
        {says.join(" · ")} {children}
      </span>
    </div>
  );
}

function formWords(form: FormChange, t: ReturnType<typeof useTranslations<"history">>): string {
  if (form.kind === "cells") return t("change.cells");
  if (form.kind === "type") return t("change.type", { from: t(`type.${form.from}`), to: t(`type.${form.to}`) });
  const [from, to] = [shortened(form.from, 16), shortened(form.to, 16)];
  if (from === "") return t("change.leadSet", { to });
  return to === "" ? t("change.leadTaken", { from }) : t("change.leadOther", { from, to });
}

type WordsProps = { change: BlockChange; kind: SectionKind; point: string | undefined };

function Words({ change, kind, point }: WordsProps) {
  const t = useTranslations("history");
  if (change.rows) return <Rows rows={change.rows} wide={kind === "annex"} />;
  const { type } = change.block;
  const className = [CLASS_OF[kind], type === "paragraph" ? "" : type].filter(Boolean).join(" ");
  return (
    <p className={className || undefined}>
      {type === "bullet" ? "——" : null}
      {type === "numbered" ? point : null}
      {change.changes.length === 0 ? <span className="text-ink-faint">{t("change.empty")}</span> : null}
      <Pieces changes={change.changes} />
    </p>
  );
}

const CLASS_OF: Partial<Record<SectionKind, string>> = {
  delivery: "delivery",
  speaker: "speaker",
  salutation: "salutation",
};

/** More rows than this that nothing happened to are left out, with the whole table folded under it. */
const FEW_ROWS = 4;

function Rows({ rows, wide }: { rows: RowChange[]; wide: boolean }) {
  const t = useTranslations("history");
  const told = rows.filter(({ kind }, index) => kind !== "same" || index === 0);
  const table = (some: RowChange[]) => (
    <div className={wide ? "annex-table" : "text-table"} tabIndex={0}>
      <table>
        <tbody>
          {some.map((row, index) => (
            <tr key={index}>
              {row.cells.map((cell, column) => (
                <td key={column}>
                  {column === 0 && row.kind !== "same" && <RowSign kind={row.kind} />}
                  <Pieces changes={cell.changes} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  if (rows.length - told.length < FEW_ROWS) return table(rows);
  return (
    <>
      {table(told)}
      <details>
        <summary className="link my-1 flex min-h-(--target) items-center justify-center font-sans text-base">
          {t("change.unchangedRows", { count: rows.length - told.length })}
        </summary>
        {table(rows)}
      </details>
    </>
  );
}

function RowSign({ kind }: { kind: "added" | "removed" | "changed" }) {
  const t = useTranslations("history");
  return (
    <span className="mr-1 font-sans text-ink-soft">
      <span aria-hidden>{SIGNS[kind]}</span>
      <span className="sr-only">{t(`change.${kind}`)}</span>
    </span>
  );
}

function Pieces({ changes }: { changes: readonly Change[] }) {
  return changes.map((piece, index) =>
    piece.kind === "added" ? (
      <ins key={index}>{piece.text}</ins>
    ) : piece.kind === "removed" ? (
      <del key={index}>{piece.text}</del>
    ) : (
      <span key={index}>{piece.text}</span>
    ),
  );
}

const shortened = (text: string, most: number) =>
  text.length > most ? `${Array.from(text).slice(0, most).join("")}……` : text;
