/**
 * `npm run -s huibao -- …`: the operator's commands. They act on the database with its owner's credential (DATABASE_URL,
 * or the built-in server of this machine), past row-level security: whoever may run them may read everything.
 */
import { Command, InvalidArgumentError, Option } from "commander";
import { explainSystemFailure, inTerminalLanguage, OperatorError } from "../db/embedded/operator-error";
import { ADMINISTRATORS } from "../domain/kernel/roles";
import type { CheckFilesRequest } from "./check-files";
import type { createAdministrator } from "./create-administrator";
import { dataDirectory } from "./environment";
import { EXPORT_FORMATS } from "./export-formats";
import type { exportReport } from "./export-report";
import type { ImportRequest } from "./import-report";
import type { VerifyRequest } from "./verify";

// Each command is loaded when it is run: checking two files needs no database driver.
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
  .action(async (report: string, options: Omit<Parameters<typeof exportReport>[0], "report">) =>
    (await import("./export-report")).exportReport({ report, ...options }),
  );

program
  .command("verify")
  .description(
    inTerminalLanguage(
      "核对封存的成稿：文本、封印与以前各号、存档文件、附件，并重新制作比对；有不符时退出码为 1，没有不符但有未比对的为 3",
      "Verifies sealed editions: text, seal and chain, stored files, attachments, and makes them again to compare; exits with 1 when anything differs, with 3 when nothing does but something was not compared",
    ),
  )
  .argument(
    "[edition]",
    inTerminalLanguage(
      "报告编号:号（例如 xiangcheng-2024-h1:1）、印出的验证码，或下载的档案（.zip）",
      "report:number (e.g. xiangcheng-2024-h1:1), the printed code, or a downloaded archive (.zip)",
    ),
  )
  .option("--all", inTerminalLanguage("核对全部成稿", "verify every edition"))
  .option(
    "--jurisdiction <code>",
    inTerminalLanguage("行政区代码，编号在几个行政区都有时必填", "district, when several have a report of that name"),
  )
  .action(async (what: string | undefined, options: Omit<VerifyRequest, "what">) => {
    const { verify } = await import("./verify");
    process.exitCode = await verify({ ...options, ...(what === undefined ? {} : { what }) });
  });

program
  .command("import")
  .description(
    inTerminalLanguage(
      "从一份Word文档（.docx）或文本（.md、.txt）建立一期报告：大纲、文字、指标；放不进大纲的逐条列出",
      "Makes a report from a Word document (.docx) or a text (.md, .txt): outline, texts, indicators; lists what has no place",
    ),
  )
  .argument("<file>", inTerminalLanguage("文件", "the file"))
  .requiredOption("--as <slug>", inTerminalLanguage("新报告的编号", "the new report's identifier"))
  .option("--name <name>", inTerminalLanguage("名称；不写则取自标题", "its name; the title's otherwise"))
  .option("--year <year>", inTerminalLanguage("文件是哪一年的；不写则取自标题", "the file's year"), wholeNumber)
  .option(
    "--half <half>",
    inTerminalLanguage("1 上半年，2 全年；不写则取自标题", "1 mid-year, 2 the whole year; the title's otherwise"),
    wholeNumber,
  )
  .option("--jurisdiction <code>", inTerminalLanguage("行政区代码，有几个时必填", "district, when there are several"))
  .option(
    "--owner <office>",
    inTerminalLanguage(
      "段落归哪个部门（编号）；不写则归牵头部门",
      "the office that the parts go to; the lead bureau otherwise",
    ),
  )
  .option(
    "--due <date>",
    inTerminalLanguage("期限，例如 2024-07-19；不写则为两周后", "due date; two weeks from today otherwise"),
  )
  .action(async (file: string, options: Omit<ImportRequest, "file">) =>
    (await import("./import-report")).importFile({ file, ...options }),
  );

program
  .command("check")
  .description(
    inTerminalLanguage(
      "校验报告文字与指标表的勾稽关系；有错误时退出码为 1，文件读不了为 2",
      "Checks a report's text and table; exits with 1 when there are errors, 2 when a file cannot be read",
    ),
  )
  .argument(
    "[report]",
    inTerminalLanguage(
      "库里的报告编号；不写则校验文件",
      "a report of the database, by its identifier; files otherwise",
    ),
  )
  .option("--text <file>", inTerminalLanguage("报告文字（Markdown 或纯文本）", "the report's text (Markdown or plain)"))
  .option("--table <file>", inTerminalLanguage("指标表（CSV 或 XLSX）", "the table of indicators (CSV or XLSX)"))
  .option(
    "--jurisdiction <code>",
    inTerminalLanguage("行政区代码，编号在几个行政区都有时必填", "district, when several have a report of that name"),
  )
  .option("--json", inTerminalLanguage("输出 JSON", "print JSON"))
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(async (report: string | undefined, options: CheckOptions, command: Command) => {
    const { text, table } = options;
    if (report === undefined) process.exitCode = await (await import("./check-files")).checkFiles(options);
    else if (text === undefined && table === undefined) {
      process.exitCode = await (await import("./check-report")).checkStoredReport({ ...options, report });
    } else {
      command.error(
        inTerminalLanguage(
          "报告编号与 --text、--table 不能同时写。",
          "Name a report, or files with --text and --table, not both.",
        ),
      );
    }
  });

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
  .action(async (options: Parameters<typeof createAdministrator>[0]) =>
    (await import("./create-administrator")).createAdministrator(options),
  );

// A reader of standard output that has seen enough (| head) is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

try {
  await program.parseAsync();
} catch (error) {
  const told = error instanceof OperatorError ? error : explainSystemFailure(error, dataDirectory());
  console.error(told ? told.message : error);
  process.exitCode = 1;
}

type CheckOptions = CheckFilesRequest & { jurisdiction?: string };

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new InvalidArgumentError(inTerminalLanguage("须为正整数。", "It must be a whole number from 1."));
  return Number(text);
}
