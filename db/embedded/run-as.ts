import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import type { Binaries } from "./binaries";
import { inTerminalLanguage, OperatorError } from "./operator-error";

const run = promisify(execFile);
const NOBODY = 65534;

/** A way to run PostgreSQL's programs, which refuse to run as root. */
export interface Way {
  /** Who must own the database's files for this way; undefined when it is simply whoever runs us. */
  owner: { uid: number; gid: number } | undefined;
  run(program: string, args: readonly string[]): Promise<{ stdout: string; stderr: string }>;
}

/**
 * The first way that works, found by trying: the program runs, and `directory` can be entered. `filesOwner` is the
 * uid that owns an existing cluster, whose way is preferred. Throws an OperatorError when root finds none.
 */
export async function findWay(
  binaries: Binaries,
  directory: string,
  filesOwner: number | undefined,
): Promise<{ way: Way; version: string }> {
  if (process.platform === "win32" || process.getuid?.() !== 0) {
    const way = asOurselves();
    return { way, version: (await way.run(binaries.postgres, ["--version"])).stdout };
  }
  const tried: string[] = [];
  for (const way of waysForRoot(filesOwner)) {
    try {
      const probe = ["-c", 'cd "$1" && "$2" --version', "probe", directory, binaries.postgres];
      const { stdout, stderr } = await way.run("/bin/sh", probe);
      // PostgreSQL looks for its programs with access(2), and says so here when that will fail later.
      if (stderr === "") return { way, version: stdout };
      tried.push(stderr.trim());
    } catch (error) {
      tried.push(lastLine(error));
    }
  }
  throw new OperatorError(
    inTerminalLanguage(
      `PostgreSQL 不能以 root 身份运行，而本机又无法为它换一个普通身份（已试：${tried.join("；")}）。请改用普通用户启动，或把程序放到其他用户可以进入的目录，或用 DATABASE_URL 指定一个 PostgreSQL 15 以上的数据库。`,
      `PostgreSQL refuses to run as root, and no way was found to run it as somebody else (tried: ${tried.join("; ")}). Start as an ordinary user, or move the program to a directory that others may enter, or name a PostgreSQL 15 or later in DATABASE_URL.`,
    ),
  );
}

// A plain change of uid is the least privilege, but cannot enter a private directory such as /root/huibao. There
// setpriv keeps the right to pass directories (for access(2) too: no_setuid_fixup), or a user namespace shows
// PostgreSQL a uid that is root outside.
function waysForRoot(filesOwner: number | undefined): Way[] {
  const owner = filesOwner ? { uid: filesOwner, gid: groupOf(filesOwner) } : existingAccount();
  const plain = wayOf(owner, { uid: owner.uid | 0, gid: owner.gid | 0 });
  if (process.platform !== "linux") return [plain];
  const ids = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, "--clear-groups"];
  const capable = wayOf(owner, {}, [
    "setpriv",
    "--securebits=+no_setuid_fixup",
    ...ids,
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
  ]);
  const namespace = wayOf({ uid: 0, gid: 0 }, {}, [
    "unshare",
    "--user",
    `--map-user=${NOBODY}`,
    `--map-group=${NOBODY}`,
  ]);
  return filesOwner === 0 ? [namespace, plain, capable] : [plain, capable, namespace];
}

function asOurselves(): Way {
  return wayOf(undefined, {});
}

function wayOf(owner: Way["owner"], identity: { uid?: number; gid?: number }, prefix: readonly string[] = []): Way {
  return {
    owner,
    run: (program, args) => {
      const [command = program, ...rest] = [...prefix, program, ...args];
      return run(command, rest, {
        ...identity,
        cwd: process.platform === "win32" ? process.cwd() : "/",
        env: cleanEnvironment(),
      });
    },
  };
}

// PG* variables and a half-installed locale of the caller would change what the server does.
function cleanEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, LC_ALL: "C" };
  for (const name of Object.keys(environment)) {
    if (/^(PG|LC_(?!ALL)|LANG|NODE_)/.test(name)) delete environment[name];
  }
  return environment;
}

function existingAccount(): { uid: number; gid: number } {
  for (const name of ["postgres", "nobody"]) {
    const uid = id("-u", name);
    const gid = id("-g", name);
    if (uid && gid) return { uid, gid };
  }
  return { uid: NOBODY, gid: NOBODY };
}

function groupOf(uid: number): number {
  return id("-g", String(uid)) ?? uid;
}

function id(option: "-u" | "-g", account: string): number | undefined {
  try {
    return Number(execFileSync("id", [option, account], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    return undefined;
  }
}

function lastLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split("\n").at(-1) ?? text;
}
