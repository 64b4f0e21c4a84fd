/** Width in ems: a Chinese character or full-width mark is 1, a Latin letter, digit or space ½. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += (character.codePointAt(0) ?? 0) < 0x2000 ? 0.5 : 1;
  return width;
}
