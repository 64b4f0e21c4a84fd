import { blockText, inlineText, tableGrid, type Content, type ContentInline } from "../../domain/section/content";
import { pointNumbers } from "../../domain/section/numbering";

/** A text of a file in the small type of lists, beside another. Figures that are only proposed are underlined. */
export function ImportedText({ content }: { content: Content }) {
  const points = pointNumbers(content.content);
  return (
    <div className="flex flex-col gap-1 break-words">
      {content.content.map((block) =>
        block.type === "table" ? (
          <div key={block.attrs.id} className="overflow-x-auto" tabIndex={0}>
            <table className="border-collapse text-sm">
              <tbody>
                {tableGrid(block).map((row, y) => (
                  <tr key={y}>
                    {row.map((cell, x) => (
                      <td key={x} className="border border-line px-1.5 py-0.5 align-top">
                        {cell}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : (
          <p key={block.attrs.id} className="indent-[2em]">
            {block.type === "bullet" ? "——" : block.type === "numbered" ? points.get(block.attrs.id) : null}
            {block.content?.map((node, index) => (
              <Words key={index} node={node} />
            ))}
          </p>
        ),
      )}
    </div>
  );
}

/** The first words of a text, in one line. */
export function firstWords(content: Content, most = 60): string {
  const words = content.content.map((block) => blockText(block).replace(/\s+/g, " ")).join(" ");
  return words.length > most ? `${words.slice(0, most).toWellFormed()}…` : words;
}

function Words({ node }: { node: ContentInline }) {
  const text = inlineText(node);
  if (node.type !== "text") return <span className="font-semibold text-indigo underline">{text}</span>;
  return node.marks?.length ? <b>{text}</b> : text;
}
