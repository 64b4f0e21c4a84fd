import { clockTime } from "../../../../../../messages/dates";
import { LinkButton } from "../../../../../../ui/button";
import { Notice } from "../../../../../../ui/notice";
import { fill } from "../../../../../fill";
import type { SaveState } from "../sheet/save-queue";
import type { GridWords } from "../words";
import type { Said } from "./use-grid";

/** The few words beside the buttons: 已保存 14:32. */
export function savedNote(state: SaveState, { sheet }: GridWords): string {
  switch (state.kind) {
    case "dirty":
      return sheet.dirty;
    case "saving":
      return sheet.saving;
    case "saved":
      return fill(sheet.savedAt, { at: clockTime(state.at) });
    default:
      return "";
  }
}

type Props = {
  state: SaveState;
  restored: number;
  keptHere: boolean;
  /** Names of the rows that closed while something in them was unsaved. */
  closed: readonly string[];
  words: GridWords;
};

/** What keeps figures from being saved, where they are meanwhile, and what to do. */
export function SaveNotices({ state, restored, keptHere, closed, words }: Props) {
  const { sheet } = words;
  return (
    <>
      {state.kind === "offline" && <Notice tone="warning">{sheet.offline}</Notice>}
      {state.kind === "signed-out" && (
        <Notice tone="warning" action={<LinkButton href={words.signInHref}>{sheet.signIn}</LinkButton>}>
          {sheet.signedOut}
        </Notice>
      )}
      {state.kind === "full" && <Notice tone="error">{sheet.full}</Notice>}
      {state.kind === "broken" && <Notice tone="error">{fill(sheet.broken, { reference: state.reference })}</Notice>}
      {closed.length > 0 && <Notice tone="warning">{fill(sheet.closed, { names: closed.join("、") })}</Notice>}
      {!keptHere && <Notice tone="error">{sheet.onlyHere}</Notice>}
      {restored > 0 && <Notice>{fill(sheet.restored, { count: restored })}</Notice>}
    </>
  );
}

/** What a paste, a copy or an undo did, in words; read out to who does not see it. */
export function saySaid(said: Said, { sheet }: GridWords): string {
  if (said.kind !== "pasted") return fill(sheet[said.kind], { count: said.count });
  return [
    said.count > 0 ? fill(sheet.pasted, { count: said.count }) : sheet.pastedNothing,
    said.unread > 0 ? fill(sheet.unreadable, { count: said.unread }) : "",
    said.locked > 0 ? fill(sheet.locked, { count: said.locked }) : "",
    said.outside > 0 ? fill(sheet.outside, { count: said.outside }) : "",
    said.unknown.length > 0 ? fill(sheet.unknownNames, { names: said.unknown.join("、") }) : "",
  ].join("");
}
