/**
 * Text as it goes to print: without the characters that are made to be invisible (zero-width spaces, byte order marks,
 * joiners, marks of direction, variation selectors) and with plain spaces for thin ones. They arrive with pasted text
 * and most fonts have no glyph for them.
 */
export function printable(text: string): string {
  return text.replace(/\p{Default_Ignorable_Code_Point}/gu, "").replace(/[\u2009\u202f]/g, " ");
}

/** U+ notation beside the character, because the characters in question often cannot be shown. */
export function describeCharacter(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return /[\p{C}\p{Z}]/u.test(character) ? code : `${character} ${code}`;
}
