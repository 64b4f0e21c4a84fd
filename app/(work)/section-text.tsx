import type { Binding } from "../../domain/indicator/binding";
import { tableText, type Content, type ContentBlock } from "../../domain/section/content";
import { looseMentions, piecesOf, type FindMentions, type Piece } from "../../domain/section/recognise";
import type { SectionKind } from "../../domain/section/workflow";
import { aboutFigure, figureHref, missingFigure, type FigureGuide } from "./figure-guide";

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
}: {
  content: Content;
  kind: SectionKind;
  pinned?: readonly string[];
} & Figures) {
  return (
    <div className="doc">
      {content.content.map((block) => (
        <BlockText
          key={block.attrs.id}
          block={block}
          kind={kind}
          pinned={pinned.includes(block.attrs.id)}
          guide={guide}
          find={find}
        />
      ))}
    </div>
  );
}

export function BlockText({
  block,
  kind,
  pinned = false,
  guide,
  find,
}: {
  block: ContentBlock;
  kind: SectionKind;
  pinned?: boolean;
} & Figures) {
  if (block.type === "table") return <TableText rows={tableText(block)} />;
  const className = [CLASS_OF[kind], block.type === "bullet" ? "bullet" : "", pinned ? "pinned" : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <p className={className || undefined} id={`block-${block.attrs.id}`}>
      {block.type === "bullet" ? "——" : null}
      {piecesOf(block, find ? looseMentions(block, find) : []).map((piece, index) =>
        piece.lead ? (
          <b key={index} className="lead">
            <PieceText piece={piece} guide={guide} />
          </b>
        ) : (
          <PieceText key={index} piece={piece} guide={guide} />
        ),
      )}
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

const CLASS_OF: Partial<Record<SectionKind, string>> = {
  delivery: "delivery",
  speaker: "speaker",
  salutation: "salutation",
};

function TableText({ rows: [header, ...rows] }: { rows: string[][] }) {
  return (
    <div className="annex-table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {header?.map((cell, index) => (
              <th key={index} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
