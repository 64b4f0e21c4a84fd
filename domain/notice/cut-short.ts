/** The beginning of a long text, for a line that only says what it is about. */
export const cutShort = (text: string, most = 60): string => {
  const characters = [...text.replace(/\s+/g, " ")];
  return characters.length > most ? `${characters.slice(0, most).join("")}…` : characters.join("");
};
