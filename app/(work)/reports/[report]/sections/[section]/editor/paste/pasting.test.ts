import { getSchema } from "@tiptap/core";
import { EditorState, TextSelection, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { beforeEach, expect, test, vi } from "vitest";
import { editorExtensions, FigureSource } from "../schema";
import type { pastingPlugin } from "./pasting";

const source = new FigureSource({ lexicon: { entries: [], counts: [], countKeys: [] }, guide: [] as never });
const schema = getSchema(editorExtensions("text", "", source));

/** An editor's state without a page; its reader of clipboards is not loaded yet. */
class Desk {
  state: EditorState;
  composing = false;
  editable = true;
  readonly isDestroyed = false;
  private readonly view = this as unknown as EditorView;
  constructor(private readonly plugin: ReturnType<typeof pastingPlugin>) {
    const doc = schema.nodeFromJSON({
      type: "doc",
      content: [{ type: "paragraph", attrs: { id: "block-01" }, content: [{ type: "text", text: "前后" }] }],
    });
    this.state = EditorState.create({ doc, plugins: [plugin], selection: TextSelection.create(doc, 2) });
  }
  dispatch(transaction: Transaction): void {
    if (transaction.docChanged && this.composing) throw new Error("the composition is broken");
    this.state = this.state.apply(transaction);
  }
  paste(plain: string): void {
    const clipboardData = { getData: (type: string) => (type === "text/plain" ? plain : ""), files: [] };
    const event = { clipboardData, preventDefault: () => {} } as unknown as ClipboardEvent;
    const handlers = this.plugin.props.handleDOMEvents;
    handlers?.paste?.call(this.plugin, this.view, event);
  }
  get text(): string {
    return this.state.doc.textContent;
  }
}

let desk: Desk;

beforeEach(async () => {
  vi.resetModules();
  const fresh = await import("./pasting");
  desk = new Desk(fresh.pastingPlugin(() => "block-02"));
});

test("what was pasted while its reader was on its way goes in", async () => {
  desk.paste("中");
  await vi.waitFor(() => expect(desk.text).toBe("前中后"));
});

test("a composition that began meanwhile ends first", async () => {
  desk.paste("中");
  desk.composing = true;
  await import("./paste-in");
  await new Promise((next) => setTimeout(next, 50));
  expect(desk.text).toBe("前后");
  desk.composing = false;
  await vi.waitFor(() => expect(desk.text).toBe("前中后"));
});

test("a text that was closed meanwhile stays as it is", async () => {
  desk.paste("中");
  desk.editable = false;
  await import("./paste-in");
  await new Promise((next) => setTimeout(next, 50));
  expect(desk.text).toBe("前后");
});
