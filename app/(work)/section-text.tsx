import { Fragment } from "react";
import type { Binding } from "../../domain/indicator/binding";
import { hasHeaderRow, tableGrid, type Content, type ContentBlock } from "../../domain/section/content";
import { pointNumbers } from "../../domain/section/numbering";
import { looseMentions, piecesOf, type FindMentions, type Piece } from "../../domain/section/recognise";
import type { SectionKind } from "../../domain/section/workflow";
import { cutPieces, type RangeMark } from "./reports/[report]/sections/[section]/remarks/cut-pieces";
import { RemarkEnd, Remarked, RemarkTools } from "./reports/[report]/sections/[section]/remarks/remarked";
import type { TextRemarks } from "./reports/[report]/sections/[section]/remarks/threads";
import { aboutFigure, figureHref, missingFigure, type FigureGuide } from "./figure-guide";
import { TableText } from "./table-text";

/** How numbers are shown: without a guide, bound words are words; with `find`, typed numbers that the table knows are
 * marked. */
type Figures = { guide?: FigureGuide | undefined; find?: FindMentions | undefined };

/** A leaf's text as it will print. `pinned` blocks are those that a reviewer pointed at. */
export function SectionText({
  content,
  kind,
  pinned = NONE,
  guide,
  find,
  remarks = null,
}: {
  content: Content;
  kind: SectionKind;
  pinned?: readonly string[];
  remarks?: TextRemarks | null;
} & Figures) {
  const points = pointNumbers(content.content);
  return (
    <div className="doc">
      {content.content.map((block, index) => (
        <Fragment key={block.attrs.id}>
          <BlockText
            block={block}
            point={points.get(block.attrs.id)}
            kind={kind}
            pinned={pinned.includes(block.attrs.id)}
            guide={guide}
            find={find}
            marks={remarks?.marks.get(block.attrs.id)}
          />
          {remarks && <RemarkTools block={block.attrs.id} number={index + 1} {...remarks} />}
        </Fragment>
      ))}
    </div>
  );
}

/** `point` is the number of a numbered block (numbering.ts); `marks` are the remarks that stand on its words. */
export function BlockText({
  block,
  point,
  kind,
  pinned = false,
  guide,
  find,
  marks = NO_MARKS,
}: {
  block: ContentBlock;
  point?: string | undefined;
  kind: SectionKind;
  pinned?: boolean;
  marks?: readonly RangeMark[] | undefined;
} & Figures) {
  const id = `block-${block.attrs.id}`;
  if (block.type === "table") {
    const [first = [], ...rows] = tableGrid(block);
    const isHeaded = kind === "annex" || hasHeaderRow(block);
    const cells = isHeaded ? { header: first, rows } : { rows: [first, ...rows] };
    return <TableText id={id} wide={kind === "annex"} {...cells} />;
  }
  const className = [CLASS_OF[kind], block.type === "paragraph" ? "" : block.type, pinned ? "pinned" : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <p className={className || undefined} id={id}>
      {block.type === "bullet" ? <span data-printed="">——</span> : null}
      {block.type === "numbered" ? <span data-printed="">{point}</span> : null}
      {cutPieces(piecesOf(block, find ? looseMentions(block, find) : []), marks).map(({ piece, over, ends }, index) => {
        const words = piece && <PieceText piece={piece} guide={guide} />;
        const told = over.length > 0 ? <Remarked over={over}>{words}</Remarked> : words;
        return (
          <Fragment key={index}>
            {piece?.lead ? <b className="lead">{told}</b> : told}
            {ends.map((mark) => (
              <RemarkEnd key={mark.id} mark={mark} />
            ))}
          </Fragment>
        );
      })}
    </p>
  );
}

function PieceText({ piece, guide }: { piece: Piece; guide: FigureGuide | undefined }) {
  if (piece.binding) return <FigureText binding={piece.binding} guide={guide} />;
  if (!piece.mention) return piece.text;
  if (piece.mention.agrees) return <span className="loose">{piece.text}</span>;
  return <mark>{piece.text}</mark>;
}

/** The words of a bound node; they lead to the table's row where there is one to go to. */
function FigureText({ binding, guide }: { binding: Binding; guide: FigureGuide | undefined }) {
  if (!guide) return binding.attrs.text;
  const shared = {
    className: binding.attrs.text ? "figure" : "figure figure-missing",
    title: aboutFigure(guide, binding),
    ...(binding.attrs.wording ? { "data-own": "" } : {}),
  };
  const words = binding.attrs.text || missingFigure(guide, binding);
  const href = figureHref(guide, binding);
  return href === null ? (
    <span {...shared}>{words}</span>
  ) : (
    <a {...shared} href={href}>
      {words}
    </a>
  );
}

const NONE: readonly string[] = [];
const NO_MARKS: readonly RangeMark[] = [];

const CLASS_OF: Partial<Record<SectionKind, string>> = {
  title: "title",
  delivery: "delivery",
  speaker: "speaker",
  salutation: "salutation",
};
