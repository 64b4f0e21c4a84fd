import { Extension } from "@tiptap/core";
import { closeHistory } from "@tiptap/pm/history";
import { Plugin, PluginKey, type EditorState, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { compositionWatch } from "./composition";
import { bindingFrom, entryOf, matching, type Entry, type Lexicon, type Offer } from "./lexicon";

/** What `#…` before the caret asks for. `code`: the indicator chosen from the first list; "" are the counts. */
export type Menu = { from: number; to: number; query: string; code: string | null; active: number };
export type MenuItem =
  | { kind: "indicator"; entry: Entry }
  | { kind: "counts" }
  | { kind: "offer"; offer: Offer; code: string };

type State = { menu: Menu | null; dismissed: number | null };
type Meta = { type: "close" | "settled" | "back" } | { type: "move"; active: number } | { type: "open"; code: string };

export const MENU_ID = "figure-menu";
export const optionId = (index: number): string => `${MENU_ID}-${index}`;
export const COUNTS_CODE = "";

const key = new PluginKey<State>("figureMenu");

export const menuOf = (state: EditorState): Menu | null => key.getState(state)?.menu ?? null;

/** The first list offers indicators, the second what the chosen one can say. */
export function itemsOf(menu: Menu, lexicon: Lexicon): MenuItem[] {
  if (menu.code === COUNTS_CODE) return lexicon.counts.map((offer) => ({ kind: "offer", offer, code: COUNTS_CODE }));
  const chosen = menu.code === null ? undefined : entryOf(lexicon, menu.code);
  if (chosen) return chosen.offers.map((offer) => ({ kind: "offer", offer, code: chosen.code }));
  const { entries, counts } = matching(lexicon, menu.query);
  return [
    ...entries.map((entry): MenuItem => ({ kind: "indicator", entry })),
    ...(counts ? [{ kind: "counts" } as const] : []),
  ];
}

/** `#` or ＃ and what follows it up to the caret, as long as it may still name an indicator. */
export const ASKS = /[#＃]([^#＃\s\uFFFC，。；：、！？（）“”〔〕]{0,20})$/;

/** Typing `#` opens a list of indicators under the caret; arrows, Enter, Tab and Esc belong to it while it is open. */
export function figureMenu(lexicon: () => Lexicon, newId: () => string) {
  return Extension.create({
    name: "figureMenu",
    // Before the keymaps: Enter chooses here, and does not part the paragraph.
    priority: 1000,
    addProseMirrorPlugins: () => {
      const watch = compositionWatch((view) =>
        view.dispatch(view.state.tr.setMeta(key, { type: "settled" } satisfies Meta)),
      );
      return [
        new Plugin<State>({
          key,
          state: {
            init: () => ({ menu: null, dismissed: null }),
            apply: (transaction, before, _, state) => nextState(transaction, before, state, watch.isComposing()),
          },
          props: {
            handleDOMEvents: { ...watch.handleDOMEvents, blur: (view) => close(view) },
            handleKeyDown: (view, event) => onKey(view, event, lexicon(), newId),
            attributes: (state) => listAttributes(menuOf(state), lexicon()),
          },
        }),
      ];
    },
  });
}

/** The next state, pure: what was typed opens the menu, a caret that goes elsewhere closes it. */
export function nextState(transaction: Transaction, before: State, state: EditorState, isComposing: boolean): State {
  const meta = transaction.getMeta(key) as Meta | undefined;
  const held = before.dismissed === null ? null : transaction.mapping.mapResult(before.dismissed);
  const dismissed = held && !held.deleted ? held.pos : null;
  if (isComposing) return { menu: null, dismissed };
  if (meta?.type === "close") return { menu: null, dismissed: before.menu?.from ?? dismissed };
  const asked = askedAt(state);
  if (!asked || asked.from === dismissed) return { menu: null, dismissed: asked ? dismissed : null };
  const typed = meta?.type === "settled" || isTyping(transaction);
  if (!before.menu && !typed) return { menu: null, dismissed };
  const same = before.menu?.query === asked.query && before.menu.from === asked.from ? before.menu : null;
  const menu = same ?? { ...asked, code: null, active: 0 };
  if (meta?.type === "move") return { menu: { ...menu, active: meta.active }, dismissed };
  if (meta?.type === "open") return { menu: { ...menu, code: meta.code, active: 0 }, dismissed };
  if (meta?.type === "back") return { menu: { ...menu, code: null, active: 0 }, dismissed };
  return { menu, dismissed };
}

function askedAt({ selection }: EditorState): Pick<Menu, "from" | "to" | "query"> | null {
  const { $from, empty } = selection;
  // A cell takes no node.
  if (!empty || $from.depth !== 1) return null;
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 24), $from.parentOffset, null, "\uFFFC");
  const found = ASKS.exec(before);
  if (!found) return null;
  return { from: $from.pos - found[0].length, to: $from.pos, query: found[1] ?? "" };
}

/** The text has the focus and tells a screen reader which option the arrows are at. */
function listAttributes(menu: Menu | null, lexicon: Lexicon): Record<string, string> {
  if (!menu) return {};
  const open = { "aria-autocomplete": "list", "aria-controls": MENU_ID };
  return itemsOf(menu, lexicon).length > 0 ? { ...open, "aria-activedescendant": optionId(menu.active) } : open;
}

/** Undoing, pasting and loading a text are no question. */
const isTyping = (transaction: Transaction): boolean =>
  transaction.docChanged &&
  transaction.getMeta("paste") !== true &&
  transaction.getMeta("history$") === undefined &&
  transaction.getMeta("preventUpdate") === undefined;

function onKey(view: EditorView, event: KeyboardEvent, lexicon: Lexicon, newId: () => string): boolean {
  const menu = menuOf(view.state);
  if (!menu || event.ctrlKey || event.metaKey || event.altKey) return false;
  const items = itemsOf(menu, lexicon);
  const last = items.length - 1;
  switch (event.key) {
    case "Escape":
      close(view);
      return true;
    case "ArrowLeft":
      return menu.code !== null && backTo(view);
    case "ArrowDown":
    case "ArrowUp": {
      if (last < 0) return false;
      const next = event.key === "ArrowDown" ? menu.active + 1 : menu.active - 1;
      pointAt(view, next > last ? 0 : next < 0 ? last : next);
      return true;
    }
    case "Enter":
    case "Tab": {
      const item = items[menu.active];
      if (!item || event.shiftKey) return false;
      choose(view, item, newId);
      return true;
    }
    default:
      return false;
  }
}

export function close(view: EditorView): void {
  if (menuOf(view.state)) view.dispatch(view.state.tr.setMeta(key, { type: "close" } satisfies Meta));
}

/** From what one indicator says back to the indicators. */
export function backTo(view: EditorView): true {
  view.dispatch(view.state.tr.setMeta(key, { type: "back" } satisfies Meta));
  return true;
}

export function pointAt(view: EditorView, active: number): void {
  view.dispatch(view.state.tr.setMeta(key, { type: "move", active } satisfies Meta));
}

/** An indicator opens what it can say; what it says takes the place of `#…`. */
export function choose(view: EditorView, item: MenuItem, newId: () => string): void {
  const { state } = view;
  const menu = menuOf(state);
  if (!menu) return;
  if (item.kind !== "offer") {
    const code = item.kind === "counts" ? COUNTS_CODE : item.entry.code;
    view.dispatch(state.tr.setMeta(key, { type: "open", code } satisfies Meta));
    return;
  }
  const { type, attrs } = bindingFrom(item.offer, item.code, newId());
  const marks = state.doc.resolve(menu.to).marks();
  const node = state.schema.nodes[type]?.create(attrs, null, marks);
  if (node) view.dispatch(closeHistory(state.tr).replaceWith(menu.from, menu.to, node).scrollIntoView());
  view.focus();
}
