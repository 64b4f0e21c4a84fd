import { fill } from "../../../../../../fill";
import { Checkbox } from "../../../../../../../ui/field";
import type { RemarkWords } from "./threads";

type Props = {
  lead: string;
  isUp: boolean;
  /** The lead bureau is named in it. */
  forced: boolean;
  visible: boolean;
  words: RemarkWords;
  onChange: (visible: boolean) => void;
};

/** A department's remark stays in the department, unless it says otherwise; and what saying so means. */
export function Visible({ lead, isUp, forced, visible, words, onChange }: Props) {
  const shown = visible || forced;
  const hint = forced ? words.visibleNamed : !shown ? words.visibleHint : isUp ? undefined : words.visibleLater;
  return (
    <Checkbox
      name="remark-visible"
      label={fill(words.visible, { lead })}
      hint={hint && fill(hint, { lead })}
      checked={shown}
      disabled={forced}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}
