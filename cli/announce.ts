import { inTerminalLanguage } from "../db/embedded/operator-error";
import { alignColumns } from "./table";

interface Account {
  office: string;
  role: string;
  login: string;
  password: string;
}

/** Prints where the system answers and, with demonstration data, who may sign in. */
export async function announce({
  address,
  demo,
  milliseconds,
}: {
  address: string;
  demo: boolean;
  milliseconds: number;
}): Promise<void> {
  const seconds = (milliseconds / 1000).toFixed(1);
  console.log(
    inTerminalLanguage(`\n汇报已就绪（${seconds} 秒）：${address}`, `\nHuibao is ready (${seconds} s): ${address}`),
  );
  if (demo) {
    const { demoAccounts } = await import("../db/demo/load");
    console.log(`\n${describeAccounts(demoAccounts()).join("\n")}`);
  }
  console.log(inTerminalLanguage("\n按 Ctrl-C 停止。", "\nPress Ctrl-C to stop."));
}

/** One line an office with its sign-in names; a password that all share is said once, others beside their names. */
export function describeAccounts(accounts: readonly Account[]): string[] {
  const passwords = new Set(accounts.map((account) => account.password));
  const shared = passwords.size === 1 ? accounts[0]?.password : undefined;
  const rows = new Map<string, string[]>();
  for (const { office, role, login, password } of accounts) {
    const row = rows.get(office) ?? [office];
    row.push(`${login} ${role}${shared === undefined ? ` ${password}` : ""}`);
    rows.set(office, row);
  }
  const heading = inTerminalLanguage("演示账号", "Demonstration accounts");
  const said =
    shared === undefined
      ? heading
      : inTerminalLanguage(`${heading}，密码均为 ${shared}`, `${heading}, all with the password ${shared}`);
  return [said, ...alignColumns([...rows.values()]).map((line) => `  ${line}`)];
}
