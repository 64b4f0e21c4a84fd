import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { keptSecret, secretProblem } from "./secret";

describe("the session secret", () => {
  it("is refused when it is missing, short, repeated or an obvious placeholder", () => {
    const refused = [
      undefined,
      "",
      "k3J9vQ2xW8",
      "a".repeat(64),
      "0123456789abcdef".repeat(4),
      "change-me-change-me-please-change-me-1234",
    ];
    expect(refused.filter((secret) => secretProblem(secret) === undefined)).toEqual([]);
  });

  it("is accepted when it is long and random", () => {
    expect(secretProblem("qT7vX0bY2m-9LrKfZ4sWc8HdN1uJ6pEaGi3o")).toBeUndefined();
    expect(secretProblem("9f86d081884c7d659a2feaa0c55ad015")).toBeUndefined();
  });

  it("is made once, kept for this user's eyes only, and the same at the next start", async () => {
    const directory = await mkdtemp(join(tmpdir(), "huibao-secret-"));
    const first = await keptSecret(directory);
    expect(secretProblem(first)).toBeUndefined();
    expect(await keptSecret(directory)).toBe(first);
    expect((await readFile(join(directory, "secret"), "utf8")).trim()).toBe(first);
    expect((await stat(join(directory, "secret"))).mode & 0o777).toBe(0o600);
    await rm(directory, { recursive: true });
  });
});
