import type { GridRow } from "../../../../../../domain/indicator/queries";
import { Icon } from "../../../../../../ui/icon";
import { STATUS_LOOKS } from "../../../../../../ui/status";
import { INDICATOR_TONES } from "../../../../indicator-tones";
import type { GridWords } from "../words";

type Props = {
  row: Pick<GridRow, "status" | "organ" | "confirmOrgan">;
  isClosed: boolean;
  showsOrgan: boolean;
  words: GridWords;
};

/** Where a row stands, in small words under its name, and whose it is where that is not plain. */
export function RowStatus({ row, isClosed, showsOrgan, words }: Props) {
  const { icon, colour } = STATUS_LOOKS[INDICATOR_TONES[row.status]];
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
