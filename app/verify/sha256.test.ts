import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { digest, sha256 } from "./sha256";

test.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1_000, 100_003])(
  "%i bytes have the hash that every other program computes, with the browser's own function and without it",
  async (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 131 + (index >> 8)) & 255);
    const expected = createHash("sha256").update(bytes).digest("hex");
    expect(Buffer.from(digest(bytes)).toString("hex")).toBe(expected);
    expect(await sha256(bytes)).toBe(expected);
  },
);
