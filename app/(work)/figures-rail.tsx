import type { Binding } from "../../domain/indicator/binding";
import { bindingsOf, blockText, type Content, type TextBlock } from "../../domain/section/content";
import type { Mention } from "../../domain/check/mentions";
import { looseMentions, type FindMentions } from "../../domain/section/recognise";
import { aboutFigure, aboutMention, type FigureGuide } from "./figure-guide";
import { FindingItem, Waived } from "./finding-item";
import { findingOf, isWaiting, quoteOf, type FindingLine } from "./finding-line";
import { ExplainFinding } from "./reports/[report]/explain-finding";
import { BoundWords, NumberItem, OwnReason, Quoted, RailHeading } from "./number-item";

type Props = {
  content: Content;
  find: FindMentions;
  findings: readonly FindingLine[];
  guide: FigureGuide;
  /** The report in which the reader may explain a finding, or null. */
  explainsIn: string | null;
};

/** The numbers of a text that is read, not written: against the table, equal but unbound, bound; and the findings. */
export function FiguresRail({ content, find, findings, guide, explainsIn }: Props) {
  const { words } = guide;
  const loose = looseIn(content, find);
  const conflicting = loose.filter((one) => !one.mention.agrees);
  const equal = loose.filter((one) => one.mention.agrees);
  const same = conflicting.map((one) => findingOf(findings, { block: one.block.attrs.id, mention: one.mention }));
  const others = findings.filter((finding) => !same.includes(finding));
  const nodes = content.content.flatMap((block) =>
    bindingsOf({ type: "doc", content: [block] }).map((binding) => ({ binding, block: block.attrs.id })),
  );
  const own = nodes.filter((one) => one.binding.attrs.wording);
  const bound = nodes.filter((one) => !one.binding.attrs.wording);
  const explain = (finding: FindingLine | undefined) =>
    finding &&
    explainsIn !== null &&
    isWaiting(finding) && <ExplainFinding reportId={explainsIn} findingKey={finding.key} words={words.finding} />;
  if (loose.length + nodes.length + findings.length === 0) {
    return <p className="px-4.5 py-3.5 text-ink-soft">{words.panel.nothing}</p>;
  }
  return (
    <>
      {conflicting.length > 0 && <RailHeading count={conflicting.length}>{words.panel.conflicting}</RailHeading>}
      <ul>
        {conflicting.map((one, index) => (
          <NumberItem
            key={index}
            about={aboutMention(guide, one.mention)}
            quote={<Quote one={one} />}
            note={
              <p>
                {words.panel.table} <b>{one.mention.expected}</b>
              </p>
            }
          >
            {same[index] && <Waived finding={same[index]} words={words.finding} />}
            {explain(same[index])}
          </NumberItem>
        ))}
      </ul>
      {others.length > 0 && <RailHeading count={others.length}>{words.panel.findings}</RailHeading>}
      {others.map((finding) => (
        <FindingItem
          key={finding.key}
          finding={finding}
          words={words.finding}
          quote={
            finding.quote &&
            finding.where.in === "text" && (
              <a href={`#block-${finding.where.block}`} className="block py-1">
                <Quoted quote={finding.quote} look="mark" />
              </a>
            )
          }
        >
          {explain(finding)}
        </FindingItem>
      ))}
      {own.length > 0 && <RailHeading count={own.length}>{words.panel.own}</RailHeading>}
      <BoundList bound={own} guide={guide} />
      {equal.length > 0 && <RailHeading count={equal.length}>{words.panel.loose}</RailHeading>}
      <ul>
        {equal.map((one, index) => (
          <NumberItem key={index} about={aboutMention(guide, one.mention)} quote={<Quote one={one} />} />
        ))}
      </ul>
      {bound.length > 0 && <RailHeading count={bound.length}>{words.panel.bound}</RailHeading>}
      <BoundList bound={bound} guide={guide} />
    </>
  );
}

function BoundList({ bound, guide }: { bound: { binding: Binding; block: string }[]; guide: FigureGuide }) {
  return (
    <ul>
      {bound.map(({ binding, block }) => (
        <NumberItem
          key={binding.attrs.id}
          about={aboutFigure(guide, binding)}
          quote={
            <a href={`#block-${block}`} className="block py-1">
              <BoundWords binding={binding} guide={guide} />
            </a>
          }
          note={<OwnReason binding={binding} guide={guide} />}
        />
      ))}
    </ul>
  );
}

/** How many numbers contradict the table or wait for an explanation. */
export function figuresToLookAt({ content, find, findings }: Pick<Props, "content" | "find" | "findings">): number {
  const same = looseIn(content, find)
    .filter((one) => !one.mention.agrees)
    .map((one) => findingOf(findings, { block: one.block.attrs.id, mention: one.mention }));
  const others = findings.filter((finding) => isWaiting(finding) && !same.includes(finding));
  return others.length + same.filter((finding) => !finding || isWaiting(finding)).length;
}

function Quote({ one: { block, mention } }: { one: Loose }) {
  return (
    <a href={`#block-${block.attrs.id}`} className="block py-1">
      <Quoted quote={quoteOf(blockText(block), mention.from, mention.to)} look={mention.agrees ? "loose" : "mark"} />
    </a>
  );
}

type Loose = { block: TextBlock; mention: Mention };

const looseIn = (content: Content, find: FindMentions): Loose[] =>
  content.content.flatMap((block) =>
    block.type === "table" ? [] : looseMentions(block, find).map((mention) => ({ block, mention })),
  );
