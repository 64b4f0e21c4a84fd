import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inTerminalLanguage } from "../db/embedded/operator-error";

const LENGTH = 32;
const DIFFERENT_CHARACTERS = 10;
const PLACEHOLDER =
  /change.?me|replace|example|placeholder|your.?secret|secret.?here|nextauth|password|default|请(修改|替换|填写)/i;

/** What is wrong with a session secret, as a sentence for the operator; undefined when it may be used. */
export function secretProblem(secret: string | undefined): string | undefined {
  if (!secret) {
    return inTerminalLanguage("未设置 NEXTAUTH_SECRET。", "NEXTAUTH_SECRET is not set.");
  }
  if (secret.length < LENGTH) {
    return inTerminalLanguage(
      `NEXTAUTH_SECRET 只有 ${secret.length} 个字符，至少要 ${LENGTH} 个。`,
      `NEXTAUTH_SECRET has ${secret.length} characters; it needs at least ${LENGTH}.`,
    );
  }
  if (PLACEHOLDER.test(secret) || new Set(secret).size < DIFFERENT_CHARACTERS || repeats(secret)) {
    return inTerminalLanguage(
      "NEXTAUTH_SECRET 像是占位文字，容易被猜到。",
      "NEXTAUTH_SECRET looks like a placeholder and is easy to guess.",
    );
  }
  return undefined;
}

/** The secret kept in the data directory (mode 0600), made at random the first time. */
export async function keptSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, "secret");
  const kept = (await readFile(file, "utf8").catch(() => "")).trim();
  if (secretProblem(kept) === undefined) return kept;
  const secret = randomBytes(36).toString("base64url");
  await writeFile(`${file}.new`, `${secret}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secret;
}

/** True for one word written again and again: "abcabcabc…". */
function repeats(text: string): boolean {
  return (text + text).indexOf(text, 1) < text.length;
}
