import { blockText, type Content } from "../../../../../../../../domain/section/content";
import { pointNumbers } from "../../../../../../../../domain/section/numbering";
import type { SectionKind } from "../../../../../../../../domain/section/workflow";
import type { Messages } from "../../../../../../../../messages/load";
import { BlockText } from "../../../../../../section-text";
import { CopyList } from "./copy-list";
import { plainBlock } from "./plain-block";

type Props = { content: Content; kind: SectionKind; words: Messages["editor"]["last"] };

/** Last period's text, each block of which can be brought into place while one writes. */
export function LastPeriod({ content, kind, words }: Props) {
  const points = pointNumbers(content.content);
  const items = content.content
    .filter((block) => blockText(block).trim() !== "")
    .map((block) => ({
      block: plainBlock(block),
      shown: <BlockText block={block} point={points.get(block.attrs.id)} kind={kind} />,
    }));
  return <CopyList items={items} words={words} />;
}
