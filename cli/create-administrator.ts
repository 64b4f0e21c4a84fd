import { randomInt } from "node:crypto";
import { z } from "zod";
import { inTerminalLanguage, OperatorError } from "../db/embedded/operator-error";
import { wallClock } from "../domain/kernel/clock";
import { DomainError } from "../domain/kernel/errors";
import type { ADMINISTRATORS } from "../domain/kernel/roles";
import { createFirstAdministrator, type FirstAdministrator } from "../domain/user/first-administrator";
import { assertStrong } from "../domain/user/password";
import { CreateUser } from "../domain/user/schema";
import { withOwner } from "./with-owner";

export type AdministratorOptions = {
  jurisdiction: string;
  jurisdictionName?: string;
  login: string;
  name: string;
  role: (typeof ADMINISTRATORS)[number];
};

/** `huibao user create-admin`. A password that was made up is all that goes to standard output, once. */
export async function createAdministrator(options: AdministratorOptions): Promise<void> {
  const given = process.env["HUIBAO_PASSWORD"];
  const wanted = wantedAdministrator(options, given || generatedPassword());
  await withOwner(async (db) => {
    try {
      await createFirstAdministrator(db, wallClock, wanted);
    } catch (error) {
      throw error instanceof DomainError ? explainRefusal(error, wanted) : error;
    }
  });
  console.error(inTerminalLanguage(`已建立账号 ${wanted.login}。`, `Created the account ${wanted.login}.`));
  if (given) return;
  console.error(
    inTerminalLanguage(
      "密码只显示这一次，登录后请修改：",
      "Its password is shown this once; change it after signing in:",
    ),
  );
  console.log(wanted.password);
}

/** Checks what was typed before anything is started. Throws OperatorError that names the option at fault. */
export function wantedAdministrator(options: AdministratorOptions, password: string): FirstAdministrator {
  const parsed = Options.safeParse({ ...options, password });
  if (!parsed.success) throw badOption(String(parsed.error.issues[0]?.path[0] ?? ""));
  const { jurisdiction, jurisdictionName, login, name } = parsed.data;
  const wanted = {
    jurisdiction: { code: jurisdiction, name: jurisdictionName },
    login,
    name,
    password,
    role: options.role,
  };
  try {
    assertStrong(password);
  } catch (error) {
    throw error instanceof DomainError ? explainRefusal(error, wanted) : error;
  }
  return wanted;
}

/** 20 characters of four classes, about 95 bits, without those that look alike (0 O, 1 l I). */
export function generatedPassword(): string {
  const blocks = Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join(""),
  );
  const password = `${blocks.join("-")}${DIGITS[randomInt(DIGITS.length)]}`;
  return /\d/.test(password) && /[a-z]/.test(password) && /[A-Z]/.test(password) ? password : generatedPassword();
}

const DIGITS = "23456789";
const LETTERS = `abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ${DIGITS}`;

const Options = CreateUser.extend({
  jurisdiction: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9-]{1,39}$/),
  jurisdictionName: z.string().trim().min(2).max(60).optional(),
});

function badOption(field: string): OperatorError {
  const [zh, en] = OPTION_RULES[field] ?? ["选项不符合要求。", "An option is not valid."];
  return new OperatorError(inTerminalLanguage(zh, en));
}

const OPTION_RULES: Record<string, readonly [string, string]> = {
  jurisdiction: [
    "--jurisdiction 只能用英文小写字母、数字和连字符，2至40位。",
    "--jurisdiction takes small letters, digits and hyphens, 2 to 40.",
  ],
  jurisdictionName: ["--jurisdiction-name 须为2至60个字。", "--jurisdiction-name takes 2 to 60 characters."],
  login: [
    "--login 须以英文小写字母开头，可含数字、点、横线，2至40位。",
    "--login begins with a small letter and holds letters, digits, dots, hyphens; 2 to 40.",
  ],
  name: ["--name 须为1至60个字。", "--name takes 1 to 60 characters."],
  password: ["HUIBAO_PASSWORD 不得超过200位。", "HUIBAO_PASSWORD takes at most 200 characters."],
};

function explainRefusal(error: DomainError, wanted: FirstAdministrator): OperatorError {
  switch (error.key) {
    case "login-taken":
      return new OperatorError(
        inTerminalLanguage(
          `账号 ${wanted.login} 已存在，什么也没有改动。`,
          `The account ${wanted.login} exists already; nothing was changed.`,
        ),
      );
    case "password-weak":
      return new OperatorError(
        inTerminalLanguage(
          "HUIBAO_PASSWORD 太弱：至少8位，含大写字母、小写字母、数字、符号中的三类。",
          "HUIBAO_PASSWORD is too weak: at least 8 characters from three of capitals, small letters, digits, symbols.",
        ),
      );
    case "not-found":
      return new OperatorError(
        inTerminalLanguage(
          `还没有行政区 ${wanted.jurisdiction.code}：请用 --jurisdiction-name 给出名称，一并建立。`,
          `There is no district ${wanted.jurisdiction.code} yet: give its name with --jurisdiction-name to make it.`,
        ),
      );
    default:
      throw error;
  }
}
