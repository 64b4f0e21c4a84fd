import { pinyin } from "pinyin-pro";

/** Reading a label takes far longer than looking it up; labels are names of posts, a few thousand in all. */
const known = new Map<string, string>();
const MOST = 5_000;

/** The first letters of a label's reading (农业农村局 → nyncj), for finding it by pinyin. */
export function initialsOf(label: string): string {
  const found = known.get(label);
  if (found !== undefined) return found;
  if (known.size >= MOST) known.clear();
  const read = pinyin(label, { pattern: "first", toneType: "none", type: "array", v: true }).join("").toLowerCase();
  known.set(label, read);
  return read;
}
