import type { ReactNode } from "react";
import { Icon } from "../../ui/icon";
import { RailItem } from "../../ui/rail-item";
import type { FigureGuide } from "./figure-guide";
import type { FindingLine } from "./finding-line";

/** One finding in a rail: how grave, what is the matter, under which explanation it may stand. */
export function FindingItem({
  finding,
  words,
  quote,
  children,
}: {
  finding: FindingLine;
  words: FigureGuide["words"]["finding"];
  /** Its words in the text: a link or a button that leads there. */
  quote: ReactNode;
  children?: ReactNode;
}) {
  const open = finding.waivedBy === null;
  return (
    <RailItem
      kind={
        <span className={`inline-flex items-start gap-1.5 ${open ? COLOUR[finding.severity] : ""}`}>
          <Icon name={finding.severity === "info" || !open ? "info" : "warning"} className="mt-0.5" />
          {`${open ? words[finding.severity] : words.explained} · ${finding.rule}`}
        </span>
      }
    >
      {quote}
      <p>{finding.message}</p>
      <Waived finding={finding} words={words} />
      {children}
    </RailItem>
  );
}

/** Under which explanation it stands. */
export function Waived({ finding, words }: { finding: FindingLine; words: FigureGuide["words"]["finding"] }) {
  if (finding.waivedBy === null) return null;
  return <p className="mt-1 text-ink-soft">{words.waived.replace("{by}", finding.waivedBy)}</p>;
}

const COLOUR = { error: "text-status-overdue", warning: "text-status-returned", info: "text-ink-soft" } as const;
