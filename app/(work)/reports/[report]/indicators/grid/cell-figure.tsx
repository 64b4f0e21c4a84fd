import type { FigureField } from "../../../../../../domain/indicator/figure";
import { printFigure } from "../../../../../../domain/indicator/printing";
import type { GridRow } from "../../../../../../domain/indicator/queries";
import { isBlocking } from "../../../../../../domain/check/finding";
import { Icon } from "../../../../../../ui/icon";
import { fill } from "../../../../../fill";
import { typedOf } from "../sheet/cell";
import { isNumeric } from "../sheet/columns";
import type { Located } from "../sheet/live-findings";
import { sayFinding, sayFormula, sayProblem } from "../sheet/say";
import type { RowState } from "../sheet/sheet";
import { shownOf } from "../sheet/shown";
import type { GridWords } from "../words";

export type AboutCell = {
  row: GridRow;
  state: RowState;
  field: FigureField;
  findings: readonly Located[];
  /** What a reviewer has written at this cell and not sent yet. */
  objection: string;
  words: GridWords;
};

/** A cell that is not being typed in. What it is, is said by signs and words besides colour. */
export function CellFigure(about: AboutCell) {
  const { row, state, field, words } = about;
  const shown = shownOf(state, field);
  const cell = state.cells[field];
  const { said } = describe(about);
  const isWords = shown.state === "words" || shown.state === "pending" || !isNumeric(field);
  const isChanged = row.changed.includes(field) && row.sees !== "nothing" && !state.mayFill;
  return (
    <span className="cell" data-state={shown.state} data-wordy={isWords || undefined} title={said}>
      {shown.isDerived && (
        <span className="sign" aria-label={words.sheet.derived}>
          =
        </span>
      )}
      {(cell.held.problem || cell.theirs) && <Icon name="warning" className="text-status-overdue" />}
      <span className="value">{shown.text}</span>
      {shown.state === "estimate" && <Mark>{words.sheet.mark.estimate}</Mark>}
      {shown.isOverride && <Mark>{words.sheet.mark.override}</Mark>}
      {cell.theirs && <Mark tone="warning">{words.sheet.mark.conflict}</Mark>}
      {(about.objection !== "" || row.reasons.some((reason) => reason.field === field)) && (
        <Mark tone="warning">{words.sheet.mark.reason}</Mark>
      )}
      <FindingMark {...about} />
      {isChanged && (
        <span className="was">
          <Mark>{words.sheet.mark.changed}</Mark> <del>{printFigure(row.before?.[field]) || words.sheet.blank}</del>
        </span>
      )}
    </span>
  );
}

function FindingMark({ findings, words }: AboutCell) {
  const open = findings.filter((finding) => finding.waivedBy === null && finding.severity !== "info");
  if (open.length === 0) return null;
  const isError = open.some(isBlocking);
  return (
    <Mark tone={isError ? "error" : "warning"}>{isError ? words.sheet.mark.error : words.sheet.mark.warning}</Mark>
  );
}

type Tone = "plain" | "warning" | "error";

function Mark({ tone = "plain", children }: { tone?: Tone; children: string }) {
  return (
    <span className="mark-word" data-tone={tone}>
      {children}
    </span>
  );
}

/** The texts around a cell: what its field shows, what it offers while blank, and what is said of it when pointed at. */
export function describe({ row, state, field, findings, words }: AboutCell) {
  const shown = shownOf(state, field);
  const { held } = state.cells[field];
  const offered = field === "planTotal" && shown.state === "blank" ? printFigure(shown.derived?.figure) : "";
  const lines = [
    held.problem ? sayProblem(held, field, shown.derived, words) : "",
    shown.derived && field === "completion"
      ? `${sayFormula(shown.derived, words)} = ${printFigure(shown.derived.figure)}`
      : "",
    ...findings.map((finding) => sayFinding(finding, words)),
    ...row.reasons
      .filter((reason) => reason.field === field)
      .map(({ text, by }) => fill(words.sheet.returnedBy, { text, by })),
    shown.state === "words" || field === "remark" ? shown.text : "",
  ];
  return {
    text: held.figure || held.problem ? typedOf(held) : shown.text,
    placeholder: offered === "" ? "" : fill(words.sheet.offered, { value: offered }),
    said: lines.filter((line) => line !== "").join("\n") || undefined,
  };
}
