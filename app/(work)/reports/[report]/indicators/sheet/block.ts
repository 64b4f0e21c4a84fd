/** What a copied range holds: rows of cells, as texts. Rows may differ in length. */
export type Block = string[][];

/** A cell's words on one line: breaks inside Chinese fall away, between other words they are a space. */
export function oneLine(words: string): string {
  return words
    .replaceAll(/[\u00a0\u2002\u2003\u2009\u3000\t ]+/g, " ")
    .trim()
    .replaceAll(/ ?[\r\n]\s*/g, (_, at: number, whole: string) => {
      const after = whole.slice(at).trimStart();
      return isChinese(whole.slice(0, at).trimEnd().at(-1)) && isChinese(after.at(0)) ? "" : " ";
    })
    .trim();
}

const isChinese = (letter: string | undefined): boolean =>
  /[\p{Script=Han}，。；：、！？（）《》“”]/u.test(letter ?? "");
