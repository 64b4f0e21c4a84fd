import { Fragment } from "react";
import { tableText, type Content, type ContentBlock } from "../../domain/section/content";
import type { SectionKind } from "../../domain/section/workflow";

/** A leaf's text as it will print. `pinned` blocks are those that a reviewer pointed at. */
export function SectionText({
  content,
  kind,
  pinned = NONE,
}: {
  content: Content;
  kind: SectionKind;
  pinned?: readonly string[];
}) {
  return (
    <div className="doc">
      {content.content.map((block) => (
        <BlockText key={block.attrs.id} block={block} kind={kind} pinned={pinned.includes(block.attrs.id)} />
      ))}
    </div>
  );
}

export function BlockText({
  block,
  kind,
  pinned = false,
}: {
  block: ContentBlock;
  kind: SectionKind;
  pinned?: boolean;
}) {
  if (block.type === "table") return <TableText rows={tableText(block)} />;
  const className = [CLASS_OF[kind], block.type === "bullet" ? "bullet" : "", pinned ? "pinned" : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <p className={className || undefined} id={`block-${block.attrs.id}`}>
      {block.type === "bullet" ? "——" : null}
      {(block.content ?? []).map((node, index) =>
        node.marks?.length ? (
          <b key={index} className="lead">
            {node.text}
          </b>
        ) : (
          <Fragment key={index}>{node.text}</Fragment>
        ),
      )}
    </p>
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
