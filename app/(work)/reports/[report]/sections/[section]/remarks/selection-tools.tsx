import { createPortal } from "react-dom";
import { buttonStyle } from "../../../../../../../ui/button-style";
import type { Picked } from "./text-side";
import type { RemarkProps } from "./threads";

type Props = {
  picked: Picked;
  suggests: boolean;
  words: RemarkProps["words"];
  onBegin: (picked: Picked, kind: "comment" | "suggestion") => void;
};

/** The small window under selected words. A finger on it takes the selection away: what was selected is kept here. */
export function SelectionTools({ picked, suggests, words, onBegin }: Props) {
  if (!picked.at) return null;
  const { top, left } = picked.at;
  const room = document.documentElement.clientWidth - WIDTH;
  return createPortal(
    // The pointer is kept from taking the focus, and with it the selection, out of the text.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="group"
      aria-label={words.tools}
      ref={(element) => {
        if (!element) return;
        element.style.top = `${top + GAP}px`;
        element.style.left = `${Math.max(GAP, Math.min(left, room))}px`;
      }}
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      className="absolute z-30 flex rounded border border-line bg-white shadow-float print:hidden"
    >
      <button
        type="button"
        title={words.commentKeys}
        aria-keyshortcuts="Control+Alt+M"
        onClick={() => onBegin(picked, "comment")}
        className={buttonStyle("quiet")}
      >
        {words.comment}
      </button>
      {suggests && !picked.isTable && (
        <button type="button" onClick={() => onBegin(picked, "suggestion")} className={buttonStyle("quiet")}>
          {words.suggest}
        </button>
      )}
    </div>,
    document.body,
  );
}

const GAP = 8;
const WIDTH = 176;
