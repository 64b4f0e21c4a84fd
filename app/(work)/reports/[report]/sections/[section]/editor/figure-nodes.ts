import { Extension, Node } from "@tiptap/core";
import type { Node as DocumentNode } from "@tiptap/pm/model";
import { Plugin, PluginKey, type EditorState, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type { Binding } from "../../../../../../../domain/indicator/binding";

export type FigureOptions = {
  /** What a node is about, for its title: 地区生产总值 · 完成总量. */
  describe: (binding: Binding) => string;
  /** What is drawn for a node without a figure: 〔地区生产总值 暂无数〕. */
  placeholder: (binding: Binding) => string;
  /** The words of a pasted node in this report, or null when the report does not know it: then it comes in as text. */
  accept: (binding: Binding) => string | null;
  newId: () => string;
};

const KINDS = ["figure", "clause", "count"] as const;
type Kind = (typeof KINDS)[number];

/** The browser's side of the bound nodes of domain/section/content.ts: words in a line, chosen and deleted as one. */
export function figureNodes(options: FigureOptions) {
  return [...KINDS.map((kind) => boundNode(kind, options)), nodeIds(options.newId)];
}

export function bindingAt(node: DocumentNode | null | undefined): Binding | null {
  return node && KINDS.some((kind) => kind === node.type.name)
    ? ({ type: node.type.name, attrs: node.attrs } as Binding)
    : null;
}

/** Every bound node with its place, in reading order. */
export function bindingsIn(doc: DocumentNode): { binding: Binding; at: number }[] {
  const found: { binding: Binding; at: number }[] = [];
  doc.descendants((node, at) => {
    const binding = bindingAt(node);
    if (binding) found.push({ binding, at });
    return binding === null;
  });
  return found;
}

/** Lets the nodes say what the table says now. That is no writing: it is neither saved for nor undone. */
export function followTable(view: EditorView, wordsOf: (binding: Binding) => string | null): void {
  const change = view.state.tr.setMeta("addToHistory", false).setMeta(FOLLOWS, true);
  for (const { binding, at } of bindingsIn(view.state.doc)) {
    const words = wordsOf(binding);
    if (words !== null && words !== binding.attrs.text) change.setNodeAttribute(at, "text", words);
  }
  if (change.docChanged) view.dispatch(change);
}

/** Set on a transaction that only follows the table. */
export const FOLLOWS = "followsTable";

function boundNode(kind: Kind, options: FigureOptions) {
  return Node.create({
    name: kind,
    group: "inline",
    inline: true,
    atom: true,
    selectable: true,
    draggable: false,
    // Read by the rule below alone: an attribute called `text` of somebody's span is none of ours.
    addAttributes: () => Object.fromEntries(ATTRIBUTES[kind].map((name) => [name, OWN_ATTRIBUTE])),
    parseHTML: () => [
      {
        tag: `span[data-bound=${kind}]`,
        // What other programs send may look like ours: whatever is not valid, or not of this report, stays plain words.
        getAttrs: (element) => {
          const binding = readBinding(kind, element);
          const words = binding && options.accept(binding);
          return words === null || !binding ? false : { ...binding.attrs, text: words };
        },
      },
    ],
    renderHTML: ({ node }) => {
      const binding = { type: kind, attrs: node.attrs } as Binding;
      return [
        "span",
        {
          class: binding.attrs.text ? "figure" : "figure figure-missing",
          title: options.describe(binding),
          "data-bound": kind,
          "data-attrs": JSON.stringify(binding.attrs),
          ...(binding.attrs.wording ? { "data-own": "" } : {}),
        },
        binding.attrs.text || options.placeholder(binding),
      ];
    },
    renderText: ({ node }) => String(node.attrs["text"] ?? ""),
  });
}

const OWN_ATTRIBUTE = { default: null, rendered: false, parseHTML: () => null };

const ATTRIBUTES: Record<Kind, readonly string[]> = {
  figure: ["id", "indicator", "field", "form", "text", "wording"],
  clause: ["id", "indicator", "form", "text", "wording"],
  count: ["id", "form", "text", "wording"],
};

let schemas: typeof import("../../../../../../../domain/indicator/binding-schema") | null = null;

/** What pasted nodes are held against: it comes after the text. Until it is there, they come in as plain words. */
export async function loadBindingSchemas(): Promise<void> {
  schemas = await import("../../../../../../../domain/indicator/binding-schema");
}

/** The node that a span of our own HTML stands for, or null. */
export function readBinding(kind: Kind, element: Pick<HTMLElement, "getAttribute">): Binding | null {
  if (!schemas) return null;
  const { FigureAttrs, ClauseAttrs, CountAttrs } = schemas;
  const schema = { figure: FigureAttrs, clause: ClauseAttrs, count: CountAttrs }[kind];
  try {
    const known = schema.safeParse(JSON.parse(element.getAttribute("data-attrs") ?? ""));
    return known.success ? ({ type: kind, attrs: known.data } as Binding) : null;
  } catch {
    return null;
  }
}

/** A pasted or dragged copy gets an id of its own; the one that stands first keeps its. */
function nodeIds(newId: () => string) {
  return Extension.create({
    name: "boundNodeIds",
    addProseMirrorPlugins: () => [
      new Plugin({
        key: new PluginKey("boundNodeIds"),
        appendTransaction: (transactions, _, state) => (transactions.some(bringsNodes) ? freshIds(state, newId) : null),
      }),
    ],
  });
}

function bringsNodes(transaction: Transaction): boolean {
  return transaction.steps.some((step) => {
    const { slice } = step as { slice?: { content: DocumentNode["content"] } };
    let brings = false;
    slice?.content.descendants((node) => {
      brings ||= bindingAt(node) !== null;
      return !brings;
    });
    return brings;
  });
}

function freshIds(state: EditorState, newId: () => string): Transaction | null {
  const seen = new Set<string>();
  const change = state.tr.setMeta("addToHistory", false);
  for (const { binding, at } of bindingsIn(state.doc)) {
    if (binding.attrs.id && !seen.has(binding.attrs.id)) seen.add(binding.attrs.id);
    else change.setNodeAttribute(at, "id", newId());
  }
  return change.docChanged ? change.setStoredMarks(state.storedMarks) : null;
}
