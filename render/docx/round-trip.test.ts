import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import type { LeftOver } from "../../domain/import/imported-document";
import { readDocument } from "../../domain/import/read-document";
import { recogniseOutline } from "../../domain/import/recognise-outline";
import { REAL_MARKDOWN, realDocument } from "../../domain/report/real-document.testing";
import { compile, type Compiled } from "../compile";
import { toMarkdown } from "../text/to-markdown";
import { toPlainText } from "../text/to-plain-text";
import { toDocx } from "./to-docx";

const report = realDocument();

it("leaves out what a sealed edition says of itself", async () => {
  const mark = {
    kind: "征求意见稿",
    underTitle: true,
    number: 3,
    code: "7K2QM-9XD4A",
    url: "https://huibao.example/verify/7K2QM-9XD4A",
    date: "2024年8月1日",
    sha256: "ab".repeat(32),
    correction: { of: 2, date: "2024年8月1日", text: "第三产业增加值有误。" },
  };
  const { document, leftOver } = await readBack(await toDocx(report, { mark }));
  expect(toMarkdown(document)).toBe(REAL_MARKDOWN);
  expect(document.annexes).toHaveLength(1);
  expect(leftOver.map(({ reason }) => reason)).toEqual([...Array.from({ length: 6 }, () => "edition-mark"), "image"]);
});

describe.each(["literal", "automatic"] as const)("the real report in Word with %s numbers", (numbering) => {
  it("comes back from our own import as the same text and the same table", async () => {
    const { document, missing, leftOver } = await readBack(await toDocx(report, { numbering }));
    expect([missing, leftOver]).toEqual([[], []]);
    expect(toMarkdown(document)).toBe(REAL_MARKDOWN);
    expect(document.annexes.map(({ title, header, rows }) => ({ title, header, rows }))).toEqual(
      report.annexes.map(({ title, header, rows }) => ({ title, header, rows })),
    );
  });
});

const office = officeProgram();

describe.skipIf(office === null)("LibreOffice, where it is on the machine", () => {
  it("reads the words of the Markdown, with typed numbers and with counted ones", { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "huibao-docx-"));
    try {
      for (const numbering of ["literal", "automatic"] as const) {
        writeFileSync(join(folder, `${numbering}.docx`), await toDocx(report, { numbering }));
      }
      const profile = `-env:UserInstallation=${pathToFileURL(join(folder, "profile")).href}`;
      const files = ["literal.docx", "automatic.docx"].map((file) => join(folder, file));
      const convert = ["--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder, ...files];
      execFileSync(office ?? "", [profile, ...convert], { stdio: "ignore" });
      const words = toPlainText(report).trimEnd().split("\n\n");
      for (const numbering of ["literal", "automatic"] as const) {
        const text = readFileSync(join(folder, `${numbering}.txt`), "utf8").replace(/^\ufeff/, "");
        expect(text.replace(/\s/g, "").slice(0, words.join("").replace(/\s/g, "").length)).toBe(
          words.join("").replace(/\s/g, ""),
        );
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** As a bureau imports a report: recognised, then every leaf and row taken as it is. */
async function readBack(bytes: Uint8Array): Promise<Compiled & { leftOver: LeftOver[] }> {
  const { nodes, figures, leftOver } = recogniseOutline(await readDocument(bytes));
  const compiled = compile(
    report.report,
    nodes.map(({ key, parent, content, position, kind, title, runOn }) => ({
      id: key,
      parentId: parent,
      position,
      kind,
      title,
      runOn,
      department: "发展和改革局",
      revision: content && { id: `r-${key}`, number: 1, content },
    })),
    (figures?.rows ?? []).map((row, index) => ({
      id: `i-${index}`,
      department: "统计局",
      name: row.officialName,
      revision: { id: `ir-${index}`, number: 1, row: { ...row, sources: {} } },
    })),
  );
  return { ...compiled, leftOver };
}

/** Not in the pipeline: there is no office suite there. */
function officeProgram(): string | null {
  try {
    return execFileSync("which", ["soffice"], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}
