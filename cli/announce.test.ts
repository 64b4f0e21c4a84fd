import { describe, expect, it } from "vitest";
import { describeAccounts } from "./announce";

const drafter = { office: "发改局", role: "经办人", login: "fgj-jb", password: "same" };
const signer = { office: "发改局", role: "部门负责人", login: "fgj-fzr", password: "same" };
const agriculture = { office: "农业农村局", role: "经办人", login: "nyncj-jb", password: "same" };

describe("the demonstration accounts", () => {
  it("stand on one line an office, and the password they share is said once", () => {
    const lines = describeAccounts([drafter, signer, agriculture]);
    expect(lines.slice(1)).toEqual([
      "  发改局      fgj-jb 经办人    fgj-fzr 部门负责人",
      "  农业农村局  nyncj-jb 经办人",
    ]);
    expect(lines.join("\n").match(/same/g)).toHaveLength(1);
  });

  it("say each password where they differ", () => {
    expect(describeAccounts([drafter, { ...agriculture, password: "other" }]).join("\n")).toMatch(
      /fgj-jb 经办人 same[^]*nyncj-jb 经办人 other/,
    );
  });
});
