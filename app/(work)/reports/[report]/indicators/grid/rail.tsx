import { useState } from "react";
import { FIGURE_FIELDS, type FigureField } from "../../../../../../domain/indicator/figure";
import { printFigure, typedFigure } from "../../../../../../domain/indicator/printing";
import type { GridRow, RowReason } from "../../../../../../domain/indicator/queries";
import { isOneOf } from "../../../../../../domain/kernel/roles";
import { dateTime } from "../../../../../../messages/dates";
import { Button } from "../../../../../../ui/button";
import { Icon } from "../../../../../../ui/icon";
import { RailItem } from "../../../../../../ui/rail-item";
import { Tabs } from "../../../../../../ui/tabs";
import { EvidenceUpload, RemoveEvidenceForm } from "../../../../evidence-forms";
import { FindingItem } from "../../../../finding-item";
import { findingLine } from "../../../../finding-line";
import { ReasonChecklist } from "../../../../reason-checklist";
import { shownReasons, type ReasonShown } from "../../../../reason-shown";
import { fill } from "../../../../../fill";
import { isUnsaved } from "../sheet/cell";
import type { Located } from "../sheet/live-findings";
import type { CellRef, RowState } from "../sheet/sheet";
import type { GridWords } from "../words";
import { ExplainForm, ReviseRow, SourceForm } from "./rail-forms";
import { useDetail, type Detail } from "./use-detail";

type Props = {
  reportId: string;
  row: GridRow;
  state: RowState;
  field: FigureField | null;
  /** On a phone, where no cell is the active one, the figure is chosen here. */
  onField: ((field: FigureField) => void) | null;
  findings: readonly Located[];
  mayExplain: boolean;
  onGoTo: (cell: CellRef) => void;
  words: GridWords;
};

/** What stands behind the active cell: where it comes from, who changed it, what the rules find, what proves it. */
export function IndicatorRail(props: Props) {
  const { row, state, field, onField, findings, words } = props;
  const { rail } = words;
  const given = field ? row.cells[field] : undefined;
  const version = field ? state.cells[field].saved.version : 0;
  const [files, setFiles] = useState(0);
  const { detail, again } = useDetail(
    field ? { id: row.id, field } : null,
    `${version} ${given?.version} ${row.version} ${files}`,
  );
  const open = findings.filter((finding) => finding.waivedBy === null && finding.severity !== "info").length;
  const said = row.reasons.length > 0 ? row.reasons : row.answered;
  const items = [
    ...(said.length > 0
      ? [
          {
            id: "reasons",
            label: words.returns.tab,
            count: row.reasons.filter(({ answer }) => answer === null).length,
            content: <Reasons key={row.id} {...props} said={said} />,
          },
        ]
      : []),
    { id: "findings", label: rail.findings, count: open, content: <Findings {...props} /> },
    {
      id: "source",
      label: rail.source,
      content: field ? (
        <Source key={`${row.id} ${field}`} {...props} field={field} version={version} />
      ) : (
        <None words={words} />
      ),
    },
    {
      id: "history",
      label: rail.history,
      content: field ? (
        <Read {...{ detail, again, words }}>{(read) => <History {...{ read, words }} />}</Read>
      ) : (
        <None words={words} />
      ),
    },
    {
      id: "evidence",
      label: rail.evidence,
      count: given?.evidence ?? 0,
      content: field ? (
        <>
          <Read {...{ detail, again, words }}>
            {(read) => (
              <Evidence read={read} mayFill={state.mayFill} onChange={() => setFiles(files + 1)} words={words} />
            )}
          </Read>
          {state.mayFill && (
            <EvidenceUpload
              key={`${row.id} ${field}`}
              path={`/api/indicators/${row.id}/evidence`}
              fields={{ field }}
              onDone={() => setFiles(files + 1)}
              words={words.evidence}
            />
          )}
        </>
      ) : (
        <None words={words} />
      ),
    },
    { id: "last", label: rail.last, content: <Last row={row} words={words} /> },
  ];
  return (
    <>
      <p className="border-b border-line-soft px-4.5 py-2.5 font-semibold">
        {row.officialName}
        {field && !onField && <span className="ml-2 font-normal text-ink-soft">{words.field[field]}</span>}
        {onField && (
          <select
            aria-label={rail.figure}
            value={field ?? ""}
            onChange={(event) => isOneOf(event.target.value, FIGURE_FIELDS) && onField(event.target.value)}
            className="ml-2 min-h-(--target) rounded border border-line-strong bg-white px-2 font-normal"
          >
            <option value="" disabled>
              {rail.figure}
            </option>
            {FIGURE_FIELDS.map((one) => (
              <option key={one} value={one}>
                {words.field[one]}
              </option>
            ))}
          </select>
        )}
      </p>
      {row.can.revise === null && <ReviseRow key={`revise ${row.id}`} row={row} words={words} />}
      {row.stale && (
        <p className="flex items-start gap-2 border-b border-line-soft bg-returned-tint px-4.5 py-2.5">
          <Icon name="warning" className="mt-1 text-status-returned" />
          {row.can.fill === null ? words.revise.rowStale : words.revise.rowStaleRead}
        </p>
      )}
      {/* Other tabs, another row of them: a row that was returned begins with why. */}
      <Tabs key={said.length > 0 ? "returned" : ""} label={rail.label} items={items} open={items[0]?.id ?? ""} />
    </>
  );
}

/** Why the row came back, to be answered; for whoever decides on it again, with the answers and what the cells say now. */
function Reasons({ row, said, onGoTo, words }: Props & { said: readonly RowReason[] }) {
  const isAnswered = said === row.answered;
  const fieldOf = ({ target }: ReasonShown) => (target.is === "cell" ? target.field : null);
  return (
    <ReasonChecklist
      reasons={shownReasons(said, words.locale)}
      mayAnswer={row.can.fill === null && !isAnswered}
      side={{
        standingOf: () => null,
        show: (reason) => {
          const field = fieldOf(reason);
          if (field) onGoTo({ id: row.id, field });
        },
      }}
      fieldName={(reason) => words.field[fieldOf(reason) ?? "actual"]}
      change={(reason) => {
        const field = fieldOf(reason);
        return (
          <CellThenAndNow then={reason.quote} now={field ? printFigure(row.cells[field]?.figure) : ""} words={words} />
        );
      }}
      words={words.returns}
    />
  );
}

/** What the cell said when it was returned, and what it says now. */
function CellThenAndNow({ then, now, words }: { then: string; now: string; words: GridWords }) {
  const { answered } = words.returns;
  return (
    <p className="doc mt-1 indent-0 font-sans text-base text-ink-soft">
      {answered.before}{" "}
      {then === now ? (
        <>
          {then || answered.empty} · = {answered.same}
        </>
      ) : (
        <>
          − <del>{then || answered.empty}</del> · {answered.now} + <ins>{now || answered.empty}</ins>
        </>
      )}
    </p>
  );
}

function None({ words }: { words: GridWords }) {
  return <p className="px-4.5 py-3.5 text-ink-soft">{words.rail.none}</p>;
}

/** This row's findings first, then those of the others, each with a way to its cell. */
function Findings({ reportId, row, state, field, findings, mayExplain, onGoTo, words }: Props) {
  if (findings.length === 0) return <p className="px-4.5 py-3.5 text-ink-soft">{words.rail.noFindings}</p>;
  const near = (finding: Located) => (finding.rowId !== row.id ? 2 : finding.field === field ? 0 : 1);
  return [...findings]
    .sort((a, b) => near(a) - near(b))
    .map((finding) => {
      const isHere = finding.rowId === row.id;
      const mayWrite =
        mayExplain && finding.waivedBy === null && finding.severity !== "info" && isHere && row.sees !== "nothing";
      return (
        <FindingItem
          key={`${finding.key} ${finding.says}`}
          finding={findingLine(finding, words.check)}
          words={words.finding}
          quote={null}
        >
          {!(isHere && finding.field === field) && (
            <button
              type="button"
              className="link min-h-(--target)"
              onClick={() => onGoTo({ id: finding.rowId, field: finding.field })}
            >
              {words.sheet.goTo}
            </button>
          )}
          {mayWrite && (
            <ExplainForm
              reportId={reportId}
              findingKey={finding.key}
              blocked={isUnsaved(state.cells[finding.field]) ? words.rail.unsavedFirst : undefined}
              words={words}
            />
          )}
        </FindingItem>
      );
    });
}

function Source({ row, state, field, version, words }: Props & { field: FigureField; version: number }) {
  const given = row.cells[field];
  const source = given?.source;
  return (
    <>
      {given?.figure && (
        <RailItem kind={fill(words.rail.by, { by: given.by, at: dateTime(given.at, words.locale) })}>
          {typedFigure(given.figure)}
        </RailItem>
      )}
      {state.mayFill && version > 0 ? (
        <SourceForm indicatorId={row.id} field={field} source={source ?? null} words={words} />
      ) : (
        <p className="px-4.5 py-3.5 text-ink-soft">
          {source
            ? [source.department, source.document, source.date].filter(Boolean).join(" · ")
            : state.mayFill
              ? words.rail.noFigure
              : words.rail.noSource}
        </p>
      )}
    </>
  );
}

type ReadProps = {
  detail: Detail | "away" | null;
  again: () => void;
  words: GridWords;
  children: (detail: Detail) => React.ReactNode;
};

function Read({ detail, again, words, children }: ReadProps) {
  if (detail === null) return <p className="px-4.5 py-3.5 text-ink-soft">{words.rail.loading}</p>;
  if (detail !== "away") return children(detail);
  return (
    <div className="px-4.5 py-3.5">
      <p className="mb-2 text-ink-soft">{words.rail.away}</p>
      <Button type="button" onClick={again}>
        {words.rail.retry}
      </Button>
    </div>
  );
}

function History({ read, words }: { read: Detail; words: GridWords }) {
  if (read.history.length === 0) return <p className="px-4.5 py-3.5 text-ink-soft">{words.rail.noHistory}</p>;
  return read.history.map((change, index) => (
    <RailItem
      key={index}
      kind={fill(words.rail.by, { by: change.by, at: dateTime(new Date(change.at), words.locale) })}
    >
      {change.figure ? typedFigure(change.figure) : words.rail.emptied}
      {change.carried && <p className="text-ink-soft">{words.rail.carried}</p>}
      {change.reason && <p className="text-ink-soft">{change.reason}</p>}
      {change.source && (
        <p className="text-ink-soft">
          {[change.source.department, change.source.document, change.source.date].filter(Boolean).join(" · ")}
        </p>
      )}
    </RailItem>
  ));
}

type EvidenceProps = { read: Detail; mayFill: boolean; onChange: () => void; words: GridWords };

function Evidence({ read, mayFill, onChange, words }: EvidenceProps) {
  if (read.evidence.length === 0) return <p className="px-4.5 py-3.5 text-ink-soft">{words.rail.noEvidence}</p>;
  return read.evidence.map((file) => (
    <RailItem key={file.id} kind={fill(words.rail.by, { by: file.by, at: dateTime(new Date(file.at), words.locale) })}>
      <a href={`/api/evidence/${file.id}`} target="_blank" rel="noreferrer" className="link break-all underline">
        {file.name}
      </a>
      <span className="ml-2 text-sm text-ink-soft">
        {fill(words.rail.size, { size: Math.max(1, Math.round(file.size / 1024)) })}
      </span>
      {mayFill && <RemoveEvidenceForm evidenceId={file.id} onDone={onChange} words={words.evidence} />}
    </RailItem>
  ));
}

function Last({ row, words }: { row: GridRow; words: GridWords }) {
  const { last } = row;
  if (!last) return <p className="px-4.5 py-3.5 text-ink-soft">{words.rail.noLast}</p>;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 px-4.5 py-3.5">
      {FIGURE_FIELDS.map((field) => (
        <div key={field} className="col-span-2 grid grid-cols-subgrid border-b border-line-soft py-1.5">
          <dt className="text-ink-soft">{words.field[field]}</dt>
          <dd className="text-right">{printFigure(last[field]) || words.sheet.blank}</dd>
        </div>
      ))}
    </dl>
  );
}
