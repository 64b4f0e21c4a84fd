/** The fonts of Office that draw signs in the place of letters. */
export function symbolFontOf(face: string): "wingdings" | "symbol" | null {
  const name = face.trim().toLowerCase();
  return name === "wingdings" ? "wingdings" : name === "symbol" ? "symbol" : null;
}

/** What such a font draws, as characters that every font has; a letter that is not known stays. */
export function fromSymbolFont(text: string, font: string): string {
  const signs = font === "wingdings" ? WINGDINGS : SYMBOL;
  return text.replace(/\S/gu, (letter) => signs.get(letter.replace(/[\uf020-\uf0ff]/, ownPlace)) ?? letter);
}

/** Word keeps their letters in a private place: U+F06C is the l of Wingdings. */
const ownPlace = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 0xf000);

const pairs = (signs: string): ReadonlyMap<string, string> =>
  new Map(signs.split(" ").map((pair): [string, string] => [pair.charAt(0), pair.slice(1)]));

const WINGDINGS = pairs("l● n■ u◆ q❑ v❖ o□ ¨□ §▪ ·• Ø➢ ü✓ û✗ þ☑ ý☒ à→ ß← á↑ â↓ è➔ J☺ (☎ *✉ «★");
const SYMBOL = pairs("·• ´× ¸÷ ±± £≤ ³≥ ¹≠ »≈ ®→ ¬← °° aα bβ gγ dδ eε qθ lλ mμ pπ rρ sσ fφ wω DΔ SΣ WΩ ¥∞ Ö√");
