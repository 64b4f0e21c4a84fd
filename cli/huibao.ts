/**
 * `npm run -s huibao -- …`: the operator's commands. They act on the database with its owner's credential (DATABASE_URL,
 * or the built-in server of this machine), past row-level security: whoever may run them may read everything.
 */
import { Command, InvalidArgumentError, Option } from "commander";
import { explainSystemFailure, inTerminalLanguage, OperatorError } from "../db/embedded/operator-error";
import { ADMINISTRATORS } from "../domain/kernel/roles";
import { createAdministrator } from "./create-administrator";
import { dataDirectory } from "./environment";
import { EXPORT_FORMATS, exportReport } from "./export-report";

const program = new Command("huibao")
  .description(inTerminalLanguage("汇报：数据库所有者的命令", "Huibao: commands for whoever owns the database"))
  .showHelpAfterError(inTerminalLanguage("用法见 --help。", "See --help."));

program
  .command("export")
  .description(
    inTerminalLanguage("把一份报告写成文件，或写到标准输出", "Writes one report to a file, or to standard output"),
  )
  .argument(
    "<report>",
    inTerminalLanguage("报告编号，例如 xiangcheng-2024-h1", "the report's identifier, e.g. xiangcheng-2024-h1"),
  )
  .addOption(
    new Option("--format <format>", inTerminalLanguage("格式", "format")).choices(EXPORT_FORMATS).makeOptionMandatory(),
  )
  .option(
    "--out <file>",
    inTerminalLanguage("写到这个文件；不写则输出到标准输出", "write to this file; standard output otherwise"),
  )
  .option(
    "--edition <number>",
    inTerminalLanguage(
      "已封存的第几号成稿；不写则按已通过的段落现编",
      "a sealed edition; otherwise compiled now from the approved parts",
    ),
    wholeNumber,
  )
  .option(
    "--jurisdiction <code>",
    inTerminalLanguage("行政区代码，编号在几个行政区都有时必填", "district, when several have a report of that name"),
  )
  .option(
    "--partial",
    inTerminalLanguage("还有段落没通过时，导出已通过的部分", "export what is approved although parts are missing"),
  )
  .action((report: string, options: Omit<Parameters<typeof exportReport>[0], "report">) =>
    exportReport({ report, ...options }),
  );

program
  .command("user")
  .description(inTerminalLanguage("账号", "accounts"))
  .command("create-admin")
  .description(
    inTerminalLanguage(
      "建立一个管理员账号（行政区没有则一并建立）；密码取自环境变量 HUIBAO_PASSWORD，没有则生成并显示一次",
      "Creates an administrator, and the district when it is new; the password comes from HUIBAO_PASSWORD or is made up and shown once",
    ),
  )
  .requiredOption("--jurisdiction <code>", inTerminalLanguage("行政区代码", "the district's code"))
  .option(
    "--jurisdiction-name <name>",
    inTerminalLanguage("行政区名称，新建时必填", "the district's name, when it is new"),
  )
  .requiredOption("--login <login>", inTerminalLanguage("账号", "account name"))
  .requiredOption("--name <name>", inTerminalLanguage("姓名或岗位名称", "name of the person or the office"))
  .addOption(
    new Option("--role <role>", inTerminalLanguage("岗位", "post")).choices(ADMINISTRATORS).default("sysadmin"),
  )
  .action((options: Parameters<typeof createAdministrator>[0]) => createAdministrator(options));

// A reader of standard output that has seen enough (| head) is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

try {
  await program.parseAsync();
} catch (error) {
  const told = error instanceof OperatorError ? error : explainSystemFailure(error, dataDirectory());
  console.error(told ? told.message : error);
  process.exitCode = 1;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new InvalidArgumentError(inTerminalLanguage("须为正整数。", "It must be a whole number from 1."));
  return Number(text);
}
