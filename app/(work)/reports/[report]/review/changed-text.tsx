import type { BlockChange } from "../../../../../domain/section/compare";

/** A text with what was taken away and put in, marked by line as well as by colour. */
export function ChangedText({ changes }: { changes: BlockChange[] }) {
  return (
    <div className="doc">
      {changes.map((change) => (
        <p key={`${change.id}-${change.kind}`} className={change.block.type === "bullet" ? "bullet" : undefined}>
          {change.changes.map((piece, index) =>
            piece.kind === "added" ? (
              <ins key={index}>{piece.text}</ins>
            ) : piece.kind === "removed" ? (
              <del key={index}>{piece.text}</del>
            ) : (
              <span key={index}>{piece.text}</span>
            ),
          )}
        </p>
      ))}
    </div>
  );
}
