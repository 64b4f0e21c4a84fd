import { createHash } from "node:crypto";

/**
 * One value, one text: JSON with sorted keys and no white space, as RFC 8785 (JSON Canonicalization Scheme) writes it.
 * Properties that are undefined are left out. Throws TypeError on what JSON cannot say: NaN, Infinity, bigint,
 * functions, class instances, holes, lone surrogates and cycles.
 */
export function canonicalJson(value: unknown): string {
  return write(value, []);
}

/** The SHA-256 of the text's UTF-8 bytes, in 64 lower-case hexadecimal digits. */
export function sha256Hex(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function write(value: unknown, above: readonly object[]): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return writeString(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`canonical-json: ${value} is not a JSON number`);
    return JSON.stringify(value);
  }
  if (typeof value !== "object") throw new TypeError(`canonical-json: a ${typeof value} is not JSON`);
  if (above.includes(value)) throw new TypeError("canonical-json: the value contains itself");
  const path = [...above, value];
  if (Array.isArray(value)) return `[${Array.from(value, (entry) => write(entry, path)).join(",")}]`;
  return `{${entries(value)
    .map(([key, entry]) => `${writeString(key)}:${write(entry, path)}`)
    .join(",")}}`;
}

function writeString(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new TypeError("canonical-json: the text has a lone surrogate");
  return JSON.stringify(text);
}

/** RFC 8785 sorts by UTF-16 code units, which is how JavaScript compares strings. */
function entries(value: object): [string, unknown][] {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError("canonical-json: not a plain object");
  return Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
