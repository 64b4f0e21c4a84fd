import { useEditorState } from "@tiptap/react";
import { saidOf } from "../../../../../figure-guide";
import type { Messages } from "../../../../../../../messages/load";
import { backTo, choose, itemsOf, MENU_ID, menuOf, optionId, pointAt, type MenuItem } from "./figure-menu";
import type { EditorFigures } from "./figures-context";
import { fill } from "../../../../../../fill";
import { Floating } from "./floating";
import { entryOf } from "./lexicon";
import { newBlockId } from "./schema";

/** The list under `#`: indicators first, then what the chosen one can say, in the words that would stand there. */
export function FigureMenuList({ editor, lexicon, guide: { words } }: EditorFigures) {
  const menu = useEditorState({ editor, selector: ({ editor: now }) => menuOf(now.state) });
  if (!menu) return null;
  const items = itemsOf(menu, lexicon);
  const chosen = menu.code === null ? null : (entryOf(lexicon, menu.code)?.name ?? words.countName);
  const nothing = lexicon.entries.length === 0 ? words.menu.noTable : fill(words.menu.noMatch, { query: menu.query });
  return (
    <Floating editor={editor} at={menu.from} className="w-88">
      <p role="status" className="sr-only">
        {items.length === 0 ? nothing : fill(words.menu.found, { count: items.length })}
      </p>
      {chosen !== null && (
        <div className="flex items-center justify-between gap-2 border-b border-line-soft pr-1 pl-3">
          <span className="truncate font-semibold">{chosen}</span>
          <button
            type="button"
            tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => backTo(editor.view)}
            className="link min-h-(--target) shrink-0 px-2 text-sm"
          >
            {words.menu.back}
          </button>
        </div>
      )}
      <div
        id={MENU_ID}
        role="listbox"
        aria-label={chosen === null ? words.menu.label : fill(words.menu.insert, { name: chosen })}
        className="max-h-66 overflow-y-auto py-1"
      >
        {items.map((item, index) => {
          const { main, aside } = said(item, words);
          return (
            // The keys are the editor's: focus never leaves the text.
            <button
              key={index}
              ref={index === menu.active ? intoSight : undefined}
              id={optionId(index)}
              type="button"
              role="option"
              tabIndex={-1}
              aria-selected={index === menu.active}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => index !== menu.active && pointAt(editor.view, index)}
              onClick={() => choose(editor.view, item, newBlockId)}
              className={`flex min-h-(--target) w-full items-center justify-between gap-4 px-3 py-1 text-left aria-selected:bg-indigo-tint ${isParted(items, index) ? "border-t border-line-soft" : ""}`}
            >
              <span className="min-w-0">{main}</span>
              <span className="max-w-28 shrink-0 text-right text-sm text-ink-soft">{aside}</span>
            </button>
          );
        })}
      </div>
      {items.length === 0 ? (
        <p className="px-3 pb-2 text-ink-soft">{nothing}</p>
      ) : (
        <p className="border-t border-line-soft px-3 py-1.5 text-sm text-ink-faint max-sm:hidden">{words.menu.keys}</p>
      )}
    </Floating>
  );
}

const intoSight = (option: HTMLElement | null) => option?.scrollIntoView({ block: "nearest" });

/** The words come first; of what has no figure yet, what it is. */
function said(item: MenuItem, words: Messages["binding"]): { main: string; aside: string } {
  if (item.kind === "counts") return { main: words.countName, aside: "" };
  if (item.kind === "indicator") {
    const { name, offers } = item.entry;
    return { main: name, aside: offers.find((offer) => offer.words !== null)?.words ?? words.none };
  }
  const { offer } = item;
  if (offer.words !== null) return { main: offer.words, aside: saidOf(words, offer) };
  const form = offer.type === "figure" ? `，${words.form[offer.form]}` : "";
  return { main: `${saidOf(words, offer)}${form}`, aside: words.none };
}

/** A hairline parts figures from clauses. */
function isParted(items: readonly MenuItem[], index: number): boolean {
  const [before, now] = [items[index - 1], items[index]];
  return before?.kind === "offer" && now?.kind === "offer" && before.offer.type !== now.offer.type;
}
