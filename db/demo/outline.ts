import type { Content, ContentBlock, ContentText } from "../../domain/section/content";
import { isHeading, type SectionKind } from "../../domain/section/workflow";
import { FRAME, LEAF_OFFICES } from "./leaf-offices";
import { LEAD_OFFICE, type OfficeCode } from "./offices";

export const DEMO_REPORT = {
  slug: "xiangcheng-2024-h1",
  name: "2024年上半年国民经济和社会发展计划执行情况的报告",
  year: 2024,
  half: 1,
  jurisdiction: { code: "xiangcheng", name: "漳州市芗城区" },
  nextSlug: "xiangcheng-2025-h1",
  /** The report names the month and the sitting; the day within August is the demonstration's. */
  sittingOn: "2024-08-29",
  sittingName: "区十届人大常委会第二十二次会议",
} as const;

export type DemoSection = {
  /** Stable path: "1" a part, "1.2" a chapter, "1.2.intro" its first words, "1.2.3" its third lead, "3.4" an item. */
  key: string;
  parent: string | null;
  /** Among the siblings, from 1. */
  position: number;
  kind: SectionKind;
  title: string;
  /** True when the leaf goes on in the paragraph of the leaf before it. */
  runOn: boolean;
  office: OfficeCode;
  /** Null for headings and the annex of figures. */
  content: Content | null;
};

/**
 * The outline of a printed report, in document order, numbers taken off. `markdown` is one block a paragraph; its last
 * line names the annex, which is compiled from the figures. Throws when the text has a shape that it does not know, when a leaf
 * has no office, and when an office is given to a leaf that is not there.
 */
export function readDemoOutline(markdown: string): DemoSection[] {
  const nodes = readNodes(markdown.trimEnd().split("\n\n"));
  const siblings = new Map<string | null, number>();
  const officeOf = officeBook(nodes);
  return nodes.map((node) => {
    const position = (siblings.get(node.parent) ?? 0) + 1;
    siblings.set(node.parent, position);
    return { ...node, position, office: officeOf(node) };
  });
}

type Node = Omit<DemoSection, "position" | "office">;

const FRONT: readonly { kind: SectionKind; key: string; title: string; prefix: string }[] = [
  { kind: "title", key: "title", title: "标题", prefix: "# " },
  { kind: "delivery", key: "delivery", title: "题注", prefix: "" },
  { kind: "speaker", key: "speaker", title: "报告人", prefix: "" },
  { kind: "salutation", key: "salutation", title: "称谓", prefix: "" },
  { kind: "text", key: "opening", title: "开头语", prefix: "" },
];

/** The delivery line begins with "——" like a bullet, so the front is read by its order and the rest by its marks. */
function readNodes(blocks: readonly string[]): Node[] {
  const nodes: Node[] = FRONT.map(({ kind, key, title, prefix }, index) => {
    const block = blocks[index] ?? "";
    if (block === "" || !block.startsWith(prefix)) throw new Error(`The report has no ${title}: ${block}`);
    return leaf({ key, parent: null, kind, title }, [paragraph(key, block.slice(prefix.length))]);
  });

  let part = 0;
  let chapter = 0;
  let item = 0;
  let bullets: ContentBlock[] | null = null;

  for (const block of blocks.slice(FRONT.length)) {
    const partKey = String(part);
    const chapterKey = `${partKey}.${chapter}`;
    const before = nodes.at(-1);
    const heading = /^(##|###) (?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)(.+)$/.exec(block);
    const numbered = /^\d+\. (.+)$/.exec(block);
    const bullet = /^——(.+)$/.exec(block);
    const annex = /^附件：(.+)$/.exec(block);

    if (heading?.[1] === "##") {
      part += 1;
      chapter = 0;
      item = 0;
      bullets = null;
      nodes.push(headingNode(String(part), null, "part", heading[2] ?? ""));
    } else if (heading?.[1] === "###") {
      chapter += 1;
      nodes.push(headingNode(`${partKey}.${chapter}`, partKey, "chapter", heading[2] ?? ""));
    } else if (bullet) {
      const key = `${partKey}.bullets`;
      if (!bullets) {
        bullets = [];
        nodes.push(leaf({ key, parent: partKey, kind: "bullets", title: "主要经济指标完成情况" }, bullets));
      }
      const attrs = { id: blockId(key, bullets.length + 1) };
      bullets.push({ type: "bullet", attrs, content: runs(bullet[1] ?? "") });
    } else if (numbered) {
      item += 1;
      const key = `${partKey}.${item}`;
      const text = numbered[1] ?? "";
      const title = text.slice(0, text.indexOf("。"));
      nodes.push(leaf({ key, parent: partKey, kind: "item", title }, [paragraph(key, text)]));
    } else if (annex) {
      const title = annex[1] ?? "";
      nodes.push(headingNode("annex", null, "indicators", title));
    } else if (before?.kind === "chapter") {
      nodes.push(...readChapter(chapterKey, block));
    } else if (before?.kind === "part") {
      const key = `${partKey}.intro`;
      nodes.push(leaf({ key, parent: partKey, kind: "text", title: introTitle(block) }, [paragraph(key, block)]));
    } else if (before?.kind === "bullets") {
      const key = `${partKey}.bridge`;
      const title = block.replace(/：$/, "");
      nodes.push(leaf({ key, parent: partKey, kind: "text", title }, [paragraph(key, block)]));
    } else if (before?.kind === "item") {
      nodes.push(leaf({ key: "closing", parent: null, kind: "text", title: "结束语" }, [paragraph("closing", block)]));
    } else {
      throw new Error(`No place in the outline for: ${block.slice(0, 40)}`);
    }
  }
  return nodes;
}

/** One printed paragraph becomes several leaves: a new one begins at each bold lead. */
function readChapter(parent: string, block: string): Node[] {
  let lead = 0;
  const pieces = block.match(/\*\*[^*]+\*\*[^*]*|[^*]+/g) ?? [];
  return pieces.map((text, index) => {
    const leadText = /^\*\*([^*]+)\*\*/.exec(text)?.[1];
    if (leadText !== undefined) lead += 1;
    const key = leadText === undefined ? `${parent}.intro` : `${parent}.${lead}`;
    const title = leadText === undefined ? introTitle(text) : leadText.replace(/[。，：]$/, "");
    return leaf({ key, parent, kind: "text", title, runOn: index > 0 }, [paragraph(key, text)]);
  });
}

/** The first clause that says something; "今年以来" and the like are too short to tell leaves apart. */
function introTitle(text: string): string {
  const clauses = text.split(/[，。；：]/);
  const clause = clauses.find((words) => words.length >= 6) ?? clauses[0];
  return `导语 · ${clause}`;
}

function headingNode(key: string, parent: string | null, kind: "part" | "chapter" | "indicators", title: string): Node {
  return { key, parent, kind, title, runOn: false, content: null };
}

function leaf(
  node: Pick<Node, "key" | "parent" | "kind" | "title"> & { runOn?: boolean },
  content: ContentBlock[],
): Node {
  return { runOn: false, ...node, content: { type: "doc", content } };
}

function paragraph(key: string, text: string): ContentBlock {
  return { type: "paragraph", attrs: { id: blockId(key, 1) }, content: runs(text) };
}

function runs(text: string): ContentText[] {
  return text.split(/\*\*([^*]+)\*\*/).flatMap((words, index): ContentText[] => {
    if (words === "") return [];
    return [index % 2 === 1 ? { type: "text", text: words, marks: [{ type: "lead" }] } : { type: "text", text: words }];
  });
}

function blockId(key: string, number: number): string {
  return `b-${key.replaceAll(".", "-")}-${String(number).padStart(2, "0")}`;
}

/** Says who writes a node. Every leaf must be in the table, and every line of the table must be a leaf. */
function officeBook(nodes: readonly Node[]): (node: Node) => OfficeCode {
  const groups = new Map<string | null, string>([[null, FRAME]]);
  for (const node of nodes) if (isHeading(node.kind)) groups.set(node.key, node.title);
  const nameOf = (node: Node): string => `${groups.get(node.parent)} / ${node.title}`;

  const offices = new Map<string, OfficeCode>();
  for (const [group, leaves] of Object.entries(LEAF_OFFICES)) {
    for (const [title, office] of Object.entries(leaves)) offices.set(`${group} / ${title}`, office);
  }
  const leaves = new Set(nodes.filter((node) => !isHeading(node.kind)).map(nameOf));
  const missing = [...leaves].filter((name) => !offices.has(name));
  if (missing.length > 0) throw new Error(`Leaves without an office: ${missing.join("; ")}`);
  const unused = [...offices.keys()].filter((name) => !leaves.has(name));
  if (unused.length > 0) throw new Error(`Offices given to leaves that are not there: ${unused.join("; ")}`);

  // Only headings are left out of the table, and those belong to the office that compiles.
  return (node) => offices.get(nameOf(node)) ?? LEAD_OFFICE;
}
