import { expect, test } from "vitest";
import { OperatorError } from "../db/embedded/operator-error";
import { assertStrong } from "../domain/user/password";
import { generatedPassword, wantedAdministrator } from "./create-administrator";

const typed = { jurisdiction: "xinqu", login: "xq-admin", name: "系统管理员", role: "sysadmin" as const };

test("a password that is made up passes the password rule and never comes twice", () => {
  const passwords = Array.from({ length: 200 }, generatedPassword);
  for (const password of passwords) {
    expect(() => assertStrong(password)).not.toThrow();
    expect(password).toHaveLength(20);
    expect(password).not.toMatch(/[0O1lI]/);
  }
  expect(new Set(passwords).size).toBe(200);
});

test("a login is taken in small letters, so that it is found however it is typed", () => {
  expect(wantedAdministrator({ ...typed, login: " XQ-Admin " }, "Qiang-2024").login).toBe("xq-admin");
});

test.each([
  ["--login", { login: "张三" }],
  ["--login", { login: "a" }],
  ["--name", { name: "   " }],
  ["--jurisdiction", { jurisdiction: "新区" }],
  ["--jurisdiction-name", { jurisdictionName: "区" }],
])("what is wrong is said of the option at fault: %s", (option, wrong) => {
  const attempt = () => wantedAdministrator({ ...typed, ...wrong }, "Qiang-2024");
  expect(attempt).toThrow(OperatorError);
  expect(attempt).toThrow(new RegExp(`^${option} `));
});

test.each(["weak", "onlysmallletters", `Aa1-${"x".repeat(200)}`])(
  "a given password is held to the rule: %s",
  (password) => {
    expect(() => wantedAdministrator(typed, password)).toThrow(/^HUIBAO_PASSWORD /);
  },
);
