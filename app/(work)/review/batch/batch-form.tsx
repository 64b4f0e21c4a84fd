"use client";

import Link from "next/link";
import { useActionState, useState, type ReactNode } from "react";
import { Icon } from "../../../../ui/icon";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../../ui/table";
import { buttonStyle } from "../../../../ui/button-style";
import { SubmitButton } from "../../../../ui/submit-button";
import { IDLE } from "../../../form-state";
import { fill } from "../../../fill";
import { Outcome } from "../../../outcome";
import { passChosen, type BatchState } from "./actions";

/** An item as the summary shows it; `says` are the words of its cells, in the order of the heads. */
export type ChosenLine = {
  kind: "leaf" | "row";
  id: string;
  version: number;
  verb: "sign" | "confirm" | "pass";
  fingerprint: string | null;
  name: string;
  href: string;
  says: string[];
};

type Props = {
  lines: readonly ChosenLine[];
  heads: readonly string[];
  back: string;
  declare: string;
  words: Record<"title" | "go" | "going" | "done" | "doneAll" | "again" | "result", string>;
  /** What the batch is; and what stands here when it is empty. */
  children: ReactNode;
};

const NOTHING_YET: BatchState = { ...IDLE, results: [] };

/** What was chosen, one button, and afterwards what became of each. A page that is made anew meanwhile changes neither. */
export function BatchForm({ lines: now, heads, back, declare, words, children }: Props) {
  const [lines] = useState(now);
  const [state, action] = useActionState(passChosen, NOTHING_YET);
  const results = new Map(state.results.map((result) => [result.id, result]));
  const isDone = results.size > 0;
  const passed = state.results.filter((result) => result.passed).length;
  const left = state.results.length - passed;
  const again = (
    <Link href={back} className={buttonStyle("secondary")}>
      {words.again}
    </Link>
  );
  if (lines.length === 0) return children;
  return (
    <form action={action} className="flex flex-col gap-4">
      {isDone ? (
        <p role="status" className="font-semibold">
          {fill(left === 0 ? words.doneAll : words.done, { passed, left })}
        </p>
      ) : (
        children
      )}
      <Table label={words.title} stack>
        <TableHead>
          {heads.map((head) => (
            <HeadCell key={head}>{head}</HeadCell>
          ))}
          {isDone && <HeadCell>{words.result}</HeadCell>}
        </TableHead>
        <TableBody>
          {lines.map(({ id, name, href, says }) => {
            const result = results.get(id);
            return (
              <Row key={id}>
                <Cell main>
                  <Link href={href} prefetch={false} className="link">
                    {name}
                  </Link>
                </Cell>
                {says.map((said, index) => (
                  <Cell key={index} soft>
                    {said}
                  </Cell>
                ))}
                {isDone && (
                  <Cell>
                    <span
                      className={`inline-flex items-start gap-1.5 ${result?.passed ? "text-status-approved" : "text-status-overdue"}`}
                    >
                      <Icon name={result?.passed ? "check" : "warning"} className="mt-1" />
                      {result?.says}
                    </span>
                  </Cell>
                )}
              </Row>
            );
          })}
        </TableBody>
      </Table>
      {lines.map(({ kind, id, version, verb, fingerprint }, index) => (
        <span key={id} hidden>
          <input type="hidden" name={`items.${index}.kind`} value={kind} />
          <input type="hidden" name={`items.${index}.id`} value={id} />
          <input type="hidden" name={`items.${index}.version`} value={version} />
          <input type="hidden" name={`items.${index}.verb`} value={verb} />
          {fingerprint && <input type="hidden" name={`items.${index}.figures`} value={fingerprint} />}
        </span>
      ))}
      <div className="sticky bottom-0 z-10 flex flex-col gap-2 border border-line bg-white px-4 py-3">
        <Outcome state={state} />
        {!isDone && declare && <p className="text-sm text-ink-soft">{declare}</p>}
        <div className="flex flex-wrap justify-end gap-2">
          {again}
          {!isDone && <SubmitButton pendingLabel={words.going}>{words.go}</SubmitButton>}
        </div>
      </div>
    </form>
  );
}
