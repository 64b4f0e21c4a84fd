/**
 * The same work by text, done once for what comes again: between two renders of a report most of its texts are the same.
 * Forgets all at once when it holds `most`, so that it does not grow with each text. The work must depend on the text only.
 */
export function remember<Value>(most: number, work: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const value = work(text);
    known.set(text, value);
    return value;
  };
}
