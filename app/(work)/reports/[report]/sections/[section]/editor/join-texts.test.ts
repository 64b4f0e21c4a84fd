import { describe, expect, it } from "vitest";
import { blockText, type Content } from "../../../../../../../domain/section/content";
import { decided, joinTexts, type Choice } from "./join-texts";

const text = (...blocks: string[]): Content => ({
  type: "doc",
  content: blocks.map((block) => ({
    type: "paragraph",
    attrs: { id: `block-${block.slice(0, 1)}` },
    content: [{ type: "text", text: block.slice(2) }],
  })),
});
const said = (content: Content) => content.content.map((block) => `${block.attrs.id.slice(-1)}:${blockText(block)}`);

describe("a leaf of one line", () => {
  it("collides as one block, whatever each browser called the line that it began", () => {
    const { content, collisions } = joinTexts("title", text(), text("m:我的题目"), text("t:他的题目"));
    expect(said(content)).toEqual(["t:他的题目"]);
    expect(collisions).toMatchObject([{ id: "block-t" }]);
  });

  it("takes theirs where I wrote nothing", () => {
    expect(joinTexts("title", text("a:旧"), text("a:旧"), text("a:新"))).toMatchObject({
      content: text("a:新"),
      collisions: [],
      theyChanged: 1,
    });
  });
});

it("counts what they changed, added and took out", () => {
  const base = text("a:甲", "b:乙", "c:丙");
  expect(joinTexts("text", base, base, text("a:改", "c:丙", "n:新")).theyChanged).toBe(3);
});

describe("a block that both wrote", () => {
  const { content, collisions } = joinTexts("text", text("a:甲", "b:乙"), text("a:我", "b:乙"), text("a:他", "b:乙"));
  const [collision] = collisions.map((one) => ({ ...one, key: "k", by: "乙", at: "" }));
  const after = (choice: Choice, now = content) => collision && said(decided(now, collision, choice, () => "block-n"));

  it("is theirs, mine, or both: mine behind theirs as a block of its own", () => {
    expect(after("theirs")).toEqual(["a:他", "b:乙"]);
    expect(after("mine")).toEqual(["a:我", "b:乙"]);
    expect(after("both")).toEqual(["a:他", "n:我", "b:乙"]);
  });

  it("comes back at the end where it was taken out before the choice", () => {
    expect(after("mine", text("b:乙"))).toEqual(["b:乙", "a:我"]);
    expect(after("both", text("b:乙"))).toEqual(["b:乙", "n:我"]);
    expect(after("theirs", text("b:乙"))).toEqual(["b:乙"]);
  });
});
