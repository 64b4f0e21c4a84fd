import { LinkButton } from "../../../../../../../ui/button";
import { Notice } from "../../../../../../../ui/notice";
import { clockTime } from "../../../../../../../messages/dates";
import { fill } from "../../../../../../fill";
import type { Joined, SaveState } from "./save-queue";
import type { EditorWords } from "./words";

/** The few words beside the buttons: 已保存 14:32. */
export function savedNote(state: SaveState, words: EditorWords): string {
  switch (state.kind) {
    case "dirty":
      return words.dirty;
    case "saving":
      return words.saving;
    case "saved": {
      const at = fill(words.savedAt, { at: clockTime(new Date(state.at)) });
      return state.revision === null ? at : `${fill(words.kept, { number: state.revision })} · ${at}`;
    }
    default:
      return "";
  }
}

type Props = { state: SaveState; restored: boolean; joined: Joined | null; words: EditorWords };

/** What keeps the text from being saved, where it is meanwhile, and what to do; else who else wrote in it. */
export function SaveNotice({ state, restored, joined, words }: Props) {
  switch (state.kind) {
    case "offline":
      return <Notice tone="warning">{words.offline}</Notice>;
    case "signed-out":
      return (
        <Notice tone="warning" action={<LinkButton href={words.signInHref}>{words.signIn}</LinkButton>}>
          {words.signedOut}
        </Notice>
      );
    case "full":
      return <Notice tone="error">{words.full}</Notice>;
    case "invalid":
      return <Notice tone="error">{words.invalid}</Notice>;
    case "not-open":
      return <Notice tone="warning">{words.notOpen}</Notice>;
    case "broken":
      return <Notice tone="error">{fill(words.broken, { reference: state.reference })}</Notice>;
    default:
      if (joined) return <Notice>{fill(words.joined, { by: joined.by, count: joined.blocks })}</Notice>;
      return restored ? <Notice>{words.restored}</Notice> : null;
  }
}
