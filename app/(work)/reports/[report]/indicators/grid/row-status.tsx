import type { GridRow } from "../../../../../../domain/indicator/queries";
import type { IndicatorStatus } from "../../../../../../domain/indicator/workflow";
import { Icon, type IconName } from "../../../../../../ui/icon";
import type { GridWords } from "../words";

type Props = {
  row: Pick<GridRow, "status" | "organ" | "confirmOrgan">;
  isClosed: boolean;
  showsOrgan: boolean;
  words: GridWords;
};

/** Where a row stands, in small words under its name, and whose it is where that is not plain. */
export function RowStatus({ row, isClosed, showsOrgan, words }: Props) {
  const { icon, colour } = LOOKS[row.status];
  return (
    <span className="flex items-center gap-1 text-xs font-normal whitespace-nowrap">
      <span className={`inline-flex items-center gap-0.5 ${colour}`}>
        <Icon name={icon} className="size-3" />
        {isClosed ? words.sheet.mark.closed : words.status[row.status]}
      </span>
      {showsOrgan && <span className="truncate text-ink-faint">{row.organ}</span>}
    </span>
  );
}

const LOOKS: Record<IndicatorStatus, { icon: IconName; colour: string }> = {
  drafting: { icon: "pencil", colour: "text-status-draft" },
  signing: { icon: "arrow-right", colour: "text-status-submitted" },
  confirming: { icon: "arrow-right", colour: "text-status-submitted" },
  reviewing: { icon: "arrow-right", colour: "text-status-submitted" },
  returned: { icon: "arrow-left", colour: "text-status-returned" },
  approved: { icon: "check", colour: "text-status-approved" },
};
