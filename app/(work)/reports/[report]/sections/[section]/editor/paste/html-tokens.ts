/** A tag, an end tag or text of an HTML source; comments, declarations and what only browsers run are left out. */
export type HtmlToken =
  | { kind: "open"; tag: string; attributes: string; empty: boolean }
  | { kind: "close"; tag: string }
  | { kind: "text"; text: string };

/**
 * Reads HTML as words and tags, not as a document: nothing in it can run or load. Anything is HTML; no input throws, and
 * the time grows with the length alone.
 */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  const endOfTag = tagEnds(html);
  for (let at = 0; at < html.length;) {
    const start = html.indexOf("<", at);
    if (start !== at) yield { kind: "text", text: decoded(html.slice(at, start === -1 ? undefined : start)) };
    if (start === -1) return;
    TAG.lastIndex = start;
    const [whole = "", slash, name = ""] = TAG.exec(html) ?? [];
    const tag = name.toLowerCase();
    if (whole === "<!--") at = after(html, "-->", start + 2);
    else if (whole === "<!" || whole === "<?") at = after(html, ">", start);
    else {
      const end = tag === "" ? -1 : endOfTag(start + whole.length);
      if (end === -1) {
        yield { kind: "text", text: "<" };
        at = start + 1;
        continue;
      }
      const attributes = html.slice(start + whole.length, end);
      at = end + 1;
      const empty = VOID.has(tag) || (attributes.endsWith("/") && (tag.includes(":") || tag === "xml"));
      if (slash) yield { kind: "close", tag };
      else if (RAW.has(tag) && !empty) at = after(html, new RegExp(`</${tag}[^>]{0,100}>`, "gi"), at);
      else yield { kind: "open", tag, attributes, empty };
    }
  }
}

/** What an attribute says, in quotes or without; null when it is not there. */
export function attributeOf(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(attributes);
  return found ? decoded(found[1] ?? found[2] ?? found[3] ?? "") : null;
}

const TAG = /<(?:!--|!|\?|(\/?)([a-z][\w:-]{0,40}))/iy;
const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
/** Their contents are never words of the text. */
const RAW = new Set("style script title xml template noscript iframe object svg select audio video".split(" "));

/** Behind what ends it, or the end: a browser leaves out what nothing closes, too. */
function after(html: string, mark: string | RegExp, from: number): number {
  if (typeof mark === "string") {
    const found = html.indexOf(mark, from);
    return found === -1 ? html.length : found + mark.length;
  }
  mark.lastIndex = from;
  return mark.test(html) ? mark.lastIndex : html.length;
}

/** Finds the > that ends a tag: none within quotes, and a quote that nothing closes is none. -1 when there is no end. */
function tagEnds(html: string): (from: number) => number {
  const unclosed = new Set<string>();
  let isEndless = false;
  return (from) => {
    // Whoever looks again would look through all of it again.
    if (isEndless) return -1;
    for (STEP.lastIndex = from; STEP.test(html);) {
      const at = STEP.lastIndex;
      const mark = html.charAt(at - 1);
      if (mark === ">") return at - 1;
      const close = unclosed.has(mark) ? -1 : html.indexOf(mark, at);
      if (close === -1) unclosed.add(mark);
      STEP.lastIndex = close === -1 ? at : close + 1;
    }
    isEndless = true;
    return -1;
  };
}

const STEP = /["'>]/g;

/** The named characters of HTML 4 from U+00A0 to U+00FF in order, and those beyond that office programs write. */
const LATIN =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
const BEYOND =
  "amp 26 lt 3c gt 3e quot 22 apos 27 ensp 2002 emsp 2003 thinsp 2009 zwnj 200c zwj 200d lrm 200e rlm 200f ndash 2013 mdash 2014 lsquo 2018 rsquo 2019 sbquo 201a ldquo 201c rdquo 201d bdquo 201e dagger 2020 Dagger 2021 bull 2022 hellip 2026 permil 2030 prime 2032 Prime 2033 lsaquo 2039 rsaquo 203a oline 203e euro 20ac trade 2122 larr 2190 uarr 2191 rarr 2192 darr 2193 harr 2194 rArr 21d2 hArr 21d4 forall 2200 part 2202 empty 2205 nabla 2207 isin 2208 notin 2209 prod 220f sum 2211 minus 2212 lowast 2217 radic 221a prop 221d infin 221e ang 2220 and 2227 or 2228 cap 2229 cup 222a int 222b there4 2234 sim 223c cong 2245 asymp 2248 ne 2260 equiv 2261 le 2264 ge 2265 sub 2282 sup 2283 sube 2286 supe 2287 oplus 2295 otimes 2297 perp 22a5 sdot 22c5 lceil 2308 rceil 2309 lfloor 230a rfloor 230b loz 25ca spades 2660 clubs 2663 hearts 2665 diams 2666 fnof 192 circ 2c6 tilde 2dc OElig 152 oelig 153 Scaron 160 scaron 161 Yuml 178 Alpha 391 Beta 392 Gamma 393 Delta 394 Sigma 3a3 Omega 3a9 alpha 3b1 beta 3b2 gamma 3b3 delta 3b4 epsilon 3b5 lambda 3bb mu 3bc pi 3c0 rho 3c1 sigma 3c3 phi 3c6 omega 3c9";

const NAMED: ReadonlyMap<string, string> = new Map([
  ...LATIN.split(" ").map((name, index): [string, string] => [name, String.fromCodePoint(0xa0 + index)]),
  ...[...BEYOND.matchAll(/(\w+) ([\da-f]+)/g)].map(([, name = "", code = ""]): [string, string] => [
    name,
    String.fromCodePoint(Number.parseInt(code, 16)),
  ]),
]);

function decoded(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z][a-z\d]{1,7}));?/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED.get(String(name)) ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    // Windows' own places, which browsers read so too: &#150; is a dash.
    if (code >= 0x80 && code <= 0x9f) return WINDOWS.charAt(code - 0x80);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : "";
  });
}

const WINDOWS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
