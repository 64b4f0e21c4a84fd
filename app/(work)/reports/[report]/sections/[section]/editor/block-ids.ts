import { Extension } from "@tiptap/core";
import { Fragment, Slice, type Node as DocumentNode } from "@tiptap/pm/model";
import { Plugin, PluginKey, type EditorState, type Transaction } from "@tiptap/pm/state";
import { Mapping } from "@tiptap/pm/transform";

/**
 * Every block of the text has an id of its own, which stays with its words: through splitting, joining, moving, cutting
 * and pasting, undoing and redoing. A cell's words are no block.
 */
export function blockIds(types: readonly string[], newId: () => string) {
  return Extension.create({
    name: "blockIds",
    // Before the others, so that they never see a block without an id.
    priority: 10_000,
    addGlobalAttributes: () => [
      {
        types: [...types],
        attributes: {
          id: {
            default: null,
            // A split gives both parts the id; the plugin settles whose it is.
            keepOnSplit: true,
            parseHTML: (element) => element.getAttribute("data-id"),
            renderHTML: ({ id }) => (typeof id === "string" ? { "data-id": id } : {}),
          },
        },
      },
    ],
    addProseMirrorPlugins: () => [blockIdsPlugin(newId)],
  });
}

/** The ids that ever stood in this text: a pasted block that has one of them was cut here and comes back. */
const key = new PluginKey<ReadonlySet<string>>("blockIds");

export function blockIdsPlugin(newId: () => string): Plugin<ReadonlySet<string>> {
  return new Plugin<ReadonlySet<string>>({
    key,
    state: {
      init: (_, { doc }) => new Set(idsOf(doc)),
      apply: (transaction, known) => {
        if (!transaction.docChanged) return known;
        const added = idsOf(transaction.doc).filter((id) => !known.has(id));
        return added.length === 0 ? known : new Set([...known, ...added]);
      },
    },
    appendTransaction: (transactions, before, state) =>
      transactions.some((one) => one.docChanged) ? withOwnIds(transactions, before, state, newId) : null,
    props: {
      transformPasted: (slice, view) => withoutForeignIds(slice, key.getState(view.state) ?? new Set()),
    },
  });
}

type Place = { node: DocumentNode; at: number };

/** Gives an id to each block that has none, and to each that came to have another's. */
function withOwnIds(
  transactions: readonly Transaction[],
  before: EditorState,
  state: EditorState,
  newId: () => string,
): Transaction | null {
  const mapping = new Mapping(transactions.flatMap((one) => one.mapping.maps));
  const change = state.tr;
  giveBack(change, before.doc, mapping);
  const places = new Map<string | null, Place[]>();
  change.doc.forEach((node, at) => {
    const id = idOf(node);
    places.set(id, [...(places.get(id) ?? []), { node, at }]);
  });
  const give = ({ at }: Place) => void change.setNodeAttribute(at, "id", newId());
  for (const [id, same] of places) {
    if (id === null) same.forEach(give);
    else if (same.length > 1) {
      const owner = ownerOf(id, same, before.doc, mapping);
      for (const place of same) if (place !== owner) give(place);
    }
  }
  return change.docChanged ? change.setStoredMarks(state.storedMarks) : null;
}

/**
 * Deleting from the start of one block into another leaves the first one's id on the other one's words: they get their own
 * back.
 */
function giveBack(change: Transaction, before: DocumentNode, mapping: Mapping): void {
  const now = placesIn(change.doc);
  const was = placesIn(before);
  const leftOf = ({ node, at }: Place) => ({
    from: mapping.map(at + 1, 1),
    to: mapping.map(at + 1 + node.content.size, -1),
  });
  for (const [id, place] of was) {
    if (now.has(id)) continue;
    const left = leftOf(place);
    if (left.to <= left.from) continue;
    const $left = change.doc.resolve(left.from);
    const holder = $left.depth > 0 ? was.get(idOf($left.node(1)) ?? "") : undefined;
    const ofHolder = holder && leftOf(holder);
    if (ofHolder && ofHolder.to <= ofHolder.from) change.setNodeAttribute($left.before(1), "id", id);
  }
}

function placesIn(doc: DocumentNode): Map<string, Place> {
  const places = new Map<string, Place>();
  doc.forEach((node, at) => {
    const id = idOf(node);
    if (id !== null) places.set(id, { node, at });
  });
  return places;
}

/** The block that stood there before; of one that was split before its first word, the part that has the words. */
function ownerOf(id: string, same: readonly Place[], before: DocumentNode, mapping: Mapping): Place | undefined {
  const was = placesIn(before).get(id);
  if (!was) return same[0];
  const now = mapping.mapResult(was.at, 1);
  const stayed = now.deleted ? undefined : same.find(({ at }) => at === now.pos);
  const hasWords = ({ node }: Place) => node.content.size > 0;
  return stayed && (hasWords(stayed) || !hasWords(was)) ? stayed : (same.find(hasWords) ?? stayed ?? same[0]);
}

/** A block copied from another text begins anew here. */
function withoutForeignIds(slice: Slice, known: ReadonlySet<string>): Slice {
  const content: DocumentNode[] = [];
  slice.content.forEach((node) => {
    const id = idOf(node);
    const isForeign = id !== null && !known.has(id);
    content.push(isForeign ? node.type.create({ ...node.attrs, id: null }, node.content, node.marks) : node);
  });
  return new Slice(Fragment.from(content), slice.openStart, slice.openEnd);
}

function idsOf(doc: DocumentNode): string[] {
  const ids: string[] = [];
  doc.forEach((node) => {
    const id = idOf(node);
    if (id !== null) ids.push(id);
  });
  return ids;
}

const idOf = (node: DocumentNode): string | null => (node.attrs["id"] as string | null | undefined) ?? null;
