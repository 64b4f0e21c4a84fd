import type { Content } from "../domain/section/content";

const SENTENCE =
  "上半年，全区上下坚持稳中求进工作总基调，扎实推进各项重点工作，主要指标保持在合理区间，发展质量稳步提高。";
const BLOCKS = 6;
const BYTES = 4096;

/** A leaf's text whose JSON is 4 KB, with `mark` in its first paragraph, so that no two saves are the same text. */
export function contentOf4Kb(mark: string): Content {
  const bare = withFiller(mark, 0);
  const room = BYTES - Buffer.byteLength(JSON.stringify(bare));
  return withFiller(mark, Math.floor(room / BLOCKS / Buffer.byteLength("字")));
}

function withFiller(mark: string, characters: number): Content {
  const filler = SENTENCE.repeat(Math.ceil(characters / SENTENCE.length)).slice(0, characters);
  return {
    type: "doc",
    content: Array.from({ length: BLOCKS }, (_, index) => ({
      type: "paragraph" as const,
      attrs: { id: `bench-${index}` },
      content: [{ type: "text" as const, text: `${index === 0 ? `${mark}：` : "其中，"}${filler}` }],
    })),
  };
}
