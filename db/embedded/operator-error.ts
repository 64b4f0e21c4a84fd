/**
 * A failure that the person at the terminal can put right: programs print its message alone, without a stack,
 * and exit with 1.
 */
export class OperatorError extends Error {
  override name = "OperatorError";
}

/** Chinese unless the terminal's language is set to English (LC_ALL, LC_MESSAGES, LANG, in POSIX order). */
export function inTerminalLanguage(zh: string, en: string): string {
  const language = process.env["LC_ALL"] || process.env["LC_MESSAGES"] || process.env["LANG"] || "";
  return language.toLowerCase().startsWith("en") ? en : zh;
}

/** Says plainly what the operating system refused in `directory`; undefined when the failure is not of that kind. */
export function explainSystemFailure(error: unknown, directory: string): OperatorError | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT") return diskFull(directory);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS" || code === "ENOTDIR" || code === "EEXIST") {
    return new OperatorError(
      inTerminalLanguage(
        `无法写入 ${directory}（${code}）。请改正该目录的所有者或权限，或用环境变量 HUIBAO_DATA 另指一个可写的目录。`,
        `Cannot write to ${directory} (${code}). Correct its owner or permissions, or name a writable directory in HUIBAO_DATA.`,
      ),
    );
  }
  return undefined;
}

export function diskFull(directory: string): OperatorError {
  return new OperatorError(
    inTerminalLanguage(
      `磁盘空间不足：${directory} 所在磁盘至少要有 300 MB 可用。请腾出空间后再启动。`,
      `The disk is full: the one that holds ${directory} needs at least 300 MB free. Make room, then start again.`,
    ),
  );
}
