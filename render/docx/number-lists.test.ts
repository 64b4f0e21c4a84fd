import { describe, expect, it } from "vitest";
import { readListLabels } from "../../domain/import/files/list-labels";
import { parseXml } from "../../domain/import/files/xml-tree";
import type { Block } from "../report-document";
import { aSpan } from "../small-report";
import { listId, numberingXml, numberLists } from "./number-lists";

describe("the numbers that Word counts", () => {
  it("are the report's, with one list where it counts on", () => {
    const blocks = [
      part("一、"),
      chapter("（一）"),
      item("1."),
      item("2."),
      point("（1）"),
      chapter("（二）"),
      item("1."),
    ];
    expect(printed(blocks)).toEqual(["一、", "（一）", "1.", "2.", "（1）", "（二）", "1."]);
    expect(numberLists(blocks).lists).toHaveLength(1);
  });

  it("are the report's where a leaf is missing, and where points begin again", () => {
    const blocks = [
      part("一、"),
      item("1."),
      item("3."),
      item("4."),
      point("（1）"),
      point("（2）"),
      plain(),
      point("（1）"),
      point("（2）"),
      part("三、"),
      chapter("（二）"),
      item("1."),
      item("5."),
    ];
    expect(printed(blocks)).toEqual(blocks.flatMap((block) => ("number" in block && block.number) || []));
  });

  it("are typed where they have no official form", () => {
    const blocks = [part("第一部分"), part("一、"), item("1)"), item("1."), chapter("（一百）")];
    expect(printed(blocks)).toEqual(["一、", "1."]);
  });
});

/** What a reader of its own makes of the lists. */
function printed(blocks: readonly Block[]): string[] {
  const { places, lists } = numberLists(blocks);
  const labels = readListLabels(parseXml(new TextEncoder().encode(numberingXml(lists))));
  return blocks.flatMap((block) => {
    const place = places.get(block);
    if (!place) return [];
    const id = String(listId(place.list));
    labels.count(id, place.level);
    return [labels.printed(id, place.level)];
  });
}

let made = 0;
const id = () => `b-${(made += 1)}`;
const part = (number: string): Block => ({ kind: "heading", id: id(), level: 1, number, text: "部分" });
const chapter = (number: string): Block => ({ kind: "heading", id: id(), level: 2, number, text: "章" });
const item = (number: string): Block => ({ kind: "paragraph", id: id(), number, spans: [aSpan("条")] });
const point = (number: string): Block => ({ kind: "numbered", id: id(), number, spans: [aSpan("点")] });
const plain = (): Block => ({ kind: "paragraph", id: id(), spans: [aSpan("文")] });
