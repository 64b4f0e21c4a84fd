import type { Ref } from "react";
import { Menu } from "../../../../../../../ui/menu";
import { TextField } from "../../../../../../../ui/field";

type Props = { ref: Ref<HTMLInputElement>; words: Record<"short" | "label" | "hint", string> };

/** Why a text is kept or goes up, for those who want to say it: folded away, and never asked for. */
export function NoteField({ ref, words }: Props) {
  return (
    <Menu label={words.short}>
      <div className="px-3.5 py-2 sm:w-72">
        <TextField ref={ref} name="note" label={words.label} hint={words.hint} maxLength={200} autoComplete="off" />
      </div>
    </Menu>
  );
}
