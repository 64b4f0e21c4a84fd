/** The paragraph of a drawn text that a node of the page is in. */
export const blockAt = (node: Node): HTMLElement | null =>
  (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>("[id^='block-']") ?? null;

/** Letters of the paragraph before a place of the page, without what is only printed: dashes, numbers, signs. */
export function offsetOf(block: HTMLElement, node: Node, offset: number): number {
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(node, offset);
  const copy = before.cloneContents();
  for (const printed of copy.querySelectorAll("[data-printed], .figure-missing")) printed.remove();
  return copy.textContent.length;
}
