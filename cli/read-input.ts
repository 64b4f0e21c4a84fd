import { createReadStream } from "node:fs";
import { inTerminalLanguage } from "../db/embedded/operator-error";

/** The bytes of a file, one more than `most` at the most: enough to refuse it, and a device without an end is read no further. */
export async function readInput(file: string, most: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(file, { end: most })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Why the system did not give the file, in the terminal's language; null for a failure that is not the system's. */
export function explainInputFailure(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const words = SYSTEM_REASONS[code];
  return words ? inTerminalLanguage(...words) : null;
}

const SYSTEM_REASONS: Record<string, [zh: string, en: string]> = {
  ENOENT: ["文件不存在。", "there is no such file."],
  ENOTDIR: ["路径中有一段不是目录。", "a part of its path is not a directory."],
  EISDIR: ["这是一个目录。", "it is a directory."],
  EACCES: ["没有读权限。", "permission denied."],
  EPERM: ["没有读权限。", "permission denied."],
  ELOOP: ["符号链接绕成了圈。", "its symbolic links form a loop."],
  ENAMETOOLONG: ["文件名太长。", "its name is too long."],
  ERR_INVALID_ARG_VALUE: ["文件名不对。", "it is no name of a file."],
  EIO: ["磁盘读取出错。", "the disk failed."],
};
