import { DELIVERY, endsLikeTitle, isUnended, SALUTATION, type Line } from "./lines";
import { numberMark } from "./number-mark";
import type { LeftOver } from "./imported-document";
import type { DraftNode } from "./outline-draft";

export type Front = { nodes: DraftNode[]; title: string; taken: Set<Line> };

/**
 * Title, 题注, speaker and 称谓, from the first lines of a document. They end at the first that is none of these; what stands
 * above the title (a number of the document, a letterhead) is left over.
 */
export function recogniseFront(lines: readonly Line[], leftOver: LeftOver[]): Front {
  const nodes: DraftNode[] = [];
  const taken = new Set<Line>();
  const titleLines = findTitle(lines);
  const [firstOfTitle] = titleLines;
  let at = 0;
  if (firstOfTitle) {
    at = lines.indexOf(firstOfTitle);
    for (const line of lines.slice(0, at)) {
      leftOver.push({ reason: "before-title", block: line.block, text: line.text });
      taken.add(line);
    }
    at += titleLines.length;
    nodes.push(lineNode("title", titleLines));
  }
  const known = new Map<FrontKind, DraftNode>();
  for (; at < lines.length; at += 1) {
    const line = lines[at];
    const kind = line && kindOf(line, known, titleLines.length > 0);
    if (!line || !kind) break;
    const before = known.get(kind);
    if (before) addLine(before, line);
    else {
      const node = lineNode(kind, [line]);
      known.set(kind, node);
      nodes.push(node);
    }
    taken.add(line);
  }
  for (const line of titleLines) taken.add(line);
  return { nodes, taken, title: titleLines.map(({ text }) => text).join("") };
}

type FrontKind = "delivery" | "speaker" | "salutation";
const TITLES = { title: "标题", delivery: "题注", speaker: "报告人", salutation: "称谓" } as const;

const TITLE_WITHIN = 12;
const LONGEST_SPEAKER = 60;
const LONGEST_ABOVE = 40;

/** A title stands in one line or several, centred or by its style; it ends in 报告, and only short lines stand above it. */
function findTitle(lines: readonly Line[]): Line[] {
  const head = lines.slice(0, TITLE_WITHIN);
  const styled = head.findIndex((line) => line.look.isTitle || (line.look.level === 1 && endsLikeTitle(line.text)));
  const worded = head.findIndex((line) => endsLikeTitle(line.text) && numberMark(line.text) === null);
  const end = styled === -1 ? worded : styled;
  const found = lines[end];
  if (!found) return [];
  if (lines.slice(0, end).some((line) => !isUnended(line.text) || line.text.length > LONGEST_ABOVE)) return [];
  let from = end;
  let to = end;
  // 关于某县2024年上半年 / 国民经济和社会发展计划执行情况的报告
  while (isPartOfTitle(lines[from - 1], found, true)) from -= 1;
  while (!endsLikeTitle(lines[to]?.text ?? "") && isPartOfTitle(lines[to + 1], found, false)) to += 1;
  if (DRAFT_LABEL.test(lines[to + 1]?.text ?? "")) to += 1;
  return lines.slice(from, to + 1);
}

/** （送审稿） below the title. */
const DRAFT_LABEL = /^[（(][^（()）]{1,12}稿[）)]$/;

function isPartOfTitle(line: Line | undefined, found: Line, isAbove: boolean): boolean {
  if (!line || DELIVERY.test(line.text) || SALUTATION.test(line.text) || !isUnended(line.text)) return false;
  if (found.look.isTitle) return line.look.isTitle;
  const isBegun = isAbove ? found.text.startsWith("关于") : false;
  return !isBegun && (isAbove ? line.text.startsWith("关于") : found.look.isCentred && line.look.isCentred);
}

function kindOf(line: Line, known: ReadonlyMap<FrontKind, DraftNode>, hasTitle: boolean): FrontKind | null {
  if (known.has("salutation")) return null;
  if (SALUTATION.test(line.text)) return "salutation";
  const isShort = line.text.length <= LONGEST_SPEAKER && isUnended(line.text) && !/[。；：]/.test(line.text);
  const isSpeakerNext = known.has("speaker");
  if (DELIVERY.test(line.text) && !known.has("delivery")) return "delivery";
  if (!isShort || numberMark(line.text) !== null || !(hasTitle || known.has("delivery"))) return null;
  const delivery = known.get("delivery")?.source.at(-1)?.kept ?? "";
  if (delivery !== "" && !isSpeakerNext && /[在第届次]$|委员会$/.test(delivery)) return "delivery";
  return OFFICE.test(line.text) || isSpeakerNext ? "speaker" : null;
}

const OFFICE = /局|委|府|办|中心|主任|局长|区长|县长|市长|镇长|书记|主席|组长|报告人/;

function lineNode(kind: FrontKind | "title", lines: readonly Line[]): DraftNode {
  const node: DraftNode = { parent: null, kind, title: TITLES[kind], runOn: false, blocks: [], source: [] };
  for (const line of lines) addLine(node, line);
  return node;
}

/** One leaf is one line: a speaker's office and name are set apart, a title or 题注 goes on. Its type says that it is bold. */
function addLine(node: DraftNode, line: Line): void {
  const [block] = node.blocks;
  const runs = block && block.type !== "table" ? block.runs : [];
  const before = runs.map(({ text }) => text).join("");
  const gap = node.kind === "speaker" && before !== "" ? " " : "";
  node.blocks = [{ type: "paragraph", runs: [{ text: before + gap + line.text, bold: false }] }];
  node.source.push({ block: line.block, taken: "", kept: line.text });
}
