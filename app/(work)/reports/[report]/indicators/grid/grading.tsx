import { isOneOf } from "../../../../../../domain/kernel/roles";
import { REASON_KINDS, REASON_SEVERITIES } from "../../../../../../domain/review/workflow";
import type { GridWords } from "../words";
import type { Grade } from "./decisions";

type Props = { grade: Grade; onGrade: (grade: Grade) => void; words: GridWords["returns"] };

/** Of which kind an objection is, and whether it must be met: two choices of one line. */
export function Grading({ grade, onGrade, words }: Props) {
  return (
    <span className="flex gap-2">
      <select
        aria-label={words.form.kind}
        value={grade.kind}
        onChange={({ target: { value } }) => isOneOf(value, REASON_KINDS) && onGrade({ ...grade, kind: value })}
        className={CONTROL}
      >
        {REASON_KINDS.map((one) => (
          <option key={one} value={one}>
            {words.kind[one]}
          </option>
        ))}
      </select>
      <select
        aria-label={words.form.severity}
        value={grade.severity}
        onChange={({ target: { value } }) =>
          isOneOf(value, REASON_SEVERITIES) && onGrade({ ...grade, severity: value })
        }
        className={CONTROL}
      >
        {REASON_SEVERITIES.map((one) => (
          <option key={one} value={one}>
            {words.severity[one]}
          </option>
        ))}
      </select>
    </span>
  );
}

const CONTROL = "min-h-(--target) rounded border border-line-strong bg-white px-1.5";
