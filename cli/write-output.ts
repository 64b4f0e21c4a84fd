import { rename, rm, stat, writeFile } from "node:fs/promises";
import { inTerminalLanguage, OperatorError } from "../db/embedded/operator-error";

/**
 * Writes to a file, whole or not at all, or to standard output and nothing but that. Throws OperatorError with the
 * system's reason when the file cannot be written; what was there before is then as it was.
 */
export async function writeOutput(file: string | undefined, bytes: string | Uint8Array): Promise<void> {
  if (file === undefined) return toStandardOutput(bytes);
  const beside = `${file}.${process.pid}`;
  try {
    // A device or a pipe is written to as it is; renaming over it would take its place.
    const there = await stat(file).catch(() => undefined);
    if (there && !there.isFile()) return await writeFile(file, bytes);
    await writeFile(beside, bytes);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    throw cannotWrite(file, error);
  }
}

function toStandardOutput(bytes: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

function cannotWrite(file: string, error: unknown): OperatorError {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  const [zh, en] = REASONS[code] ?? [code, code];
  return new OperatorError(inTerminalLanguage(`无法写入 ${file}：${zh}。`, `Cannot write ${file}: ${en}.`));
}

const REASONS: Record<string, readonly [string, string]> = {
  EACCES: ["没有写权限", "permission denied"],
  EPERM: ["没有写权限", "permission denied"],
  EROFS: ["所在磁盘只读", "the disk is read-only"],
  ENOENT: ["所在目录不存在", "its directory does not exist"],
  ENOTDIR: ["路径中有一段不是目录", "a part of its path is not a directory"],
  EISDIR: ["这是一个目录", "it is a directory"],
  ENOSPC: ["磁盘已满", "the disk is full"],
};
