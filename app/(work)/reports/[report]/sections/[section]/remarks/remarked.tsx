import type { ReactNode } from "react";
import { fill } from "../../../../../../fill";
import type { RangeMark } from "./cut-pieces";
import type { RemarkProps } from "./threads";

/** Words that remarks stand on; struck out where a proposal would take them away. */
export function Remarked({ over, children }: { over: readonly RangeMark[]; children: ReactNode }) {
  const Tag = over.some((mark) => mark.replacement !== null) ? "del" : "span";
  return (
    <Tag className="remarked" data-remark={over.map((mark) => mark.id).join(" ")}>
      {children}
    </Tag>
  );
}

/** Behind the words: what a proposal puts there, and the sign that leads to the remark. No part of the text. */
export function RemarkEnd({ mark }: { mark: RangeMark }) {
  return (
    <span data-printed="no">
      {mark.replacement && <ins data-remark={mark.id}>{mark.replacement}</ins>}
      <a
        className="remark-sign"
        href={`#remark-${mark.id}`}
        data-remark={mark.id}
        data-sign={mark.sign}
        aria-label={mark.label}
      />
    </span>
  );
}

/** Under a paragraph: buttons for whoever selects no words, and the room for proposing others. */
export function RemarkTools({
  block,
  number,
  can,
  words,
}: { block: string; number: number } & Pick<RemarkProps, "can" | "words">) {
  if (!can.comment) return null;
  return (
    <div className="remark-tools" data-printed="no">
      <div className="remark-buttons">
        <button
          type="button"
          data-remark-here={block}
          data-label={words.comment}
          aria-label={fill(words.here, { number })}
        />
        {can.suggest && (
          <button
            type="button"
            data-remark-change={block}
            data-label={words.suggest}
            aria-label={fill(words.suggestHere, { number })}
          />
        )}
      </div>
      <div data-remark-room={block} />
    </div>
  );
}
