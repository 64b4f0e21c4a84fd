import * as fc from "fast-check";
import { expect, it } from "vitest";
import { visibleText, type ReadBlock } from "./pasted";
import { readHtml } from "./read-html";
import { readPlain } from "./read-plain";
import { settled } from "./settle";

/** A piece of HTML with the words that can be seen in it, in their order. */
type Piece = { html: string; words: string };

const word = fc.stringMatching(/^[一-龥a-z0-9，。]{1,6}$/);
const text: fc.Arbitrary<Piece> = word.map((words) => ({ html: words, words }));
const noise: fc.Arbitrary<Piece> = fc
  .constantFrom(
    "<!-- 注 -->",
    "<o:p></o:p>",
    "<![if !supportLists]>",
    "<![endif]>",
    "&nbsp;",
    " \r\n ",
    "<img src=x>",
    "</b>",
    "</i>",
  )
  .map((html) => ({ html, words: "" }));
const unseen: fc.Arbitrary<Piece> = fc
  .tuple(
    word,
    fc.constantFrom("<del>W</del>", "<span style='display:none'>W</span>", "<style>W</style>", "<script>W</script>"),
  )
  .map(([words, html]) => ({ html: html.replace("W", words), words: "" }));

const joined = (pieces: readonly Piece[]): Piece => ({
  html: pieces.map((piece) => piece.html).join(""),
  words: pieces.map((piece) => piece.words).join(""),
});
const around = (open: string, close: string, inside: Piece): Piece => ({
  html: `${open}${inside.html}${close}`,
  words: inside.words,
});

const { block } = fc.letrec<{ line: Piece; block: Piece; inner: Piece }>((tie) => ({
  inner: fc
    .tuple(fc.constantFrom("b", "span", "ins", "font", "strong", "u"), tie("line"))
    .map(([tag, inside]) => around(`<${tag} style='color:red'>`, `</${tag}>`, inside)),
  line: fc
    .array(fc.oneof({ maxDepth: 4 }, text, noise, unseen, fc.constant({ html: "<br>", words: "" }), tie("inner")), {
      maxLength: 5,
    })
    .map(joined),
  block: fc.oneof(
    { maxDepth: 4 },
    tie("line").map((inside) => around("<p class=MsoNormal>", "</p>", inside)),
    tie("line").map((inside) => around("<h2>", "</h2>", inside)),
    tie("line"),
    fc.array(tie("block"), { maxLength: 3 }).map((inside) => around("<div>", "</div>", joined(inside))),
    fc
      .tuple(fc.constantFrom("ol", "ul"), fc.array(tie("block"), { maxLength: 3 }))
      .map(([tag, items]) =>
        around(`<${tag}>`, `</${tag}>`, joined(items.map((item) => around("<li>", "</li>", item)))),
      ),
    fc
      .array(fc.array(fc.tuple(tie("block"), fc.nat(2), fc.nat(2)), { minLength: 1, maxLength: 3 }), { maxLength: 3 })
      .map((rows) =>
        around(
          "<table>",
          "</table>",
          joined(
            rows.map((row) =>
              around(
                "<tr>",
                "</tr>",
                joined(
                  row.map(([cell, over, down]) =>
                    around(`<td colspan=${over + 1} rowspan=${down + 1}>`, "</td>", cell),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
  ),
}));

it("no visible word of clipboard HTML is lost, doubled or moved, whatever the nesting", () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 5 }), (pieces) => {
      const { html, words } = joined(pieces);
      // A number that stands in a cell is one of its words.
      const unnumbered = html.replaceAll("<ol>", "<ul>");
      expect(squeezed(wordsRead(readHtml(unnumbered).blocks))).toBe(squeezed(words));
    }),
    { numRuns: 500 },
  );
});

it("what lines become has the words that were read, but for numbers and bullets that are counted and drawn", () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 5 }), (pieces) => {
      const read = readHtml(joined(pieces).html).blocks;
      const marked = read
        .map((one) => (one.kind === "line" ? `${one.label}${wordsRead([one])}` : wordsRead([one])))
        .join("");
      const [said, all] = [squeezed(visibleText(settled(read))), squeezed(marked)];
      expect(isWithin(said, all) && isWithin(squeezed(wordsRead(read)), said)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it("no input makes the readers throw, and none gives what cannot be kept", () => {
  const odd = fc.constantFrom(
    "<",
    ">",
    "<td",
    "</table>",
    "<tr>",
    "<td colspan=999 rowspan=x>",
    "<ol start=-1>",
    "<li value=1e9>",
    '"',
    "<!--",
    "-->",
    "&#x110000;",
    "\0",
    "\ud800",
    "\udc00",
    "\t",
    "\v",
    "<p style='mso-list:l0 level1'>",
    "<span style='mso-list:Ignore'>1.",
    "<caption>",
    "字",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(odd, fc.string({ unit: "binary" })), { maxLength: 30 }), (parts) => {
      const source = parts.join("");
      for (const blocks of [readHtml(source).blocks, readPlain(source)]) {
        const said = visibleText(settled(blocks));
        expect(said.isWellFormed() && !said.includes("\0")).toBe(true);
        for (const one of blocks) {
          if (one.kind === "table") expect(new Set(one.rows.map((row) => row.length)).size).toBe(1);
        }
      }
    }),
    { numRuns: 500 },
  );
});

it("no word of plain text is lost, doubled or moved", () => {
  const parts = fc.array(fc.oneof(word, fc.constantFrom("\n", "\r\n", "\t", "\v", " ", "\u2028", "\n\n")), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(parts, (all) => {
      expect(squeezed(wordsRead(readPlain(all.join(""))))).toBe(squeezed(all.join("")));
    }),
  );
});

const wordsRead = (blocks: readonly ReadBlock[]): string =>
  blocks
    .map((one) => (one.kind === "table" ? one.rows.flat().join("") : one.runs.map((run) => run.text).join("")))
    .join("");

const squeezed = (words: string): string => words.replace(/[\s\u00a0]+/g, "");

/** Every character of the one stands in the other, in order. */
function isWithin(one: string, other: string): boolean {
  let at = 0;
  for (const character of one) {
    at = other.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
