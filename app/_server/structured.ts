/**
 * A form's fields as its schema reads them: "reasons.0.text" becomes reasons[0].text; empty reasons (paragraphs without a
 * remark) fall away. Names are a stranger's: nothing here has a prototype, and each field costs the same however many come.
 */
export function structured(form: Iterable<[string, FormDataEntryValue]>): Record<string, unknown> {
  const plain: Record<string, unknown> = Object.create(null);
  const lists = new Map<string, Map<string, Record<string, string>>>();
  for (const [name, value] of form) {
    if (typeof value !== "string" || name.startsWith("$")) continue;
    // No text has a NUL in it, and PostgreSQL takes none.
    const text = value.replaceAll("\0", "");
    const [list = "", row, member] = name.split(".", 3);
    if (row !== undefined && member !== undefined) rowOf(lists, list, row)[member] = text;
    else plain[name] = text;
  }
  for (const [list, rows] of lists) {
    plain[list] = [...rows.values()].filter((row) => list !== "reasons" || (row["text"] ?? "").trim() !== "");
  }
  return plain;
}

function rowOf(lists: Map<string, Map<string, Record<string, string>>>, list: string, row: string) {
  let rows = lists.get(list);
  if (!rows) lists.set(list, (rows = new Map()));
  let one = rows.get(row);
  if (!one) rows.set(row, (one = Object.create(null) as Record<string, string>));
  return one;
}
