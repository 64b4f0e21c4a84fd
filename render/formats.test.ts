import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { verifyArchive } from "../cli/verify-archive";
import { aWholeEdition, everyFormat } from "./every-format.testing";
import { toHtmlFile } from "./html/to-html-file";
import { aSmallReport, aSpan, POINTS_AND_TABLES } from "./small-report";
import { toPlainText } from "./text/to-plain-text";
import { safeName } from "./zip/safe-names";

let made: Record<string, Uint8Array>;
beforeAll(async () => {
  made = await everyFormat();
});
const textOf = (format: string) => Buffer.from(made[format] ?? []).toString();

describe("every format of one edition", () => {
  it("is the same bytes in another process, in another time zone and language", async () => {
    const script = `import { everyHash } from ${JSON.stringify(new URL("every-format.testing.ts", import.meta.url).href)}; console.log(JSON.stringify(await everyHash()))`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "-e", script],
      { env: { ...process.env, TZ: "America/New_York", LANG: "en_US.UTF-8", LC_ALL: "en_US.UTF-8" } },
    );
    const here = Object.fromEntries(
      Object.entries(made).map(([format, bytes]) => [format, createHash("sha256").update(bytes).digest("hex")]),
    );
    expect(Object.keys(here)).toHaveLength(9);
    expect(JSON.parse(stdout)).toEqual(here);
  });
});

describe("the HTML file", () => {
  it("says what the plain text says, character for character", () => {
    const article = /<article[^]*<\/article>/.exec(textOf("html"))?.[0] ?? "";
    const words = article
      .replace(/<section class="annex"[^]*?<\/section>/g, "")
      .replace(/<p class="mark">.*?<\/p>/g, "")
      .replace(/<[^>]*>/g, "");
    const plain = (text: string) =>
      text
        .replace(/\s/g, "")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&amp;", "&");
    expect(plain(words)).toBe(textOf("txt").replace(/\s/g, ""));
  });

  it("needs nothing beside it: no script, no address but the one of verification, and its own policy says so", () => {
    const html = textOf("html");
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son\w+=|src=/i);
    const addresses = new Set(html.match(/https?:\/\/[^"<\s]+/g));
    expect([...addresses].toSorted()).toEqual([
      "http://www.w3.org/2000/svg",
      "https://huibao.example.gov.cn/verify/" + aWholeEdition().mark.code,
    ]);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it("keeps what the edition says of itself apart from the report's words", () => {
    const { document, mark } = aWholeEdition();
    expect(textOf("html")).toContain('<p class="mark">（修改稿）</p>');
    expect(textOf("html")).toContain("更正说明（2024年8月1日）：本稿更正并代替第1号。第二段比例应为40%。");
    const unsealed = toHtmlFile(document);
    expect(unsealed).not.toContain(mark.code);
    expect(unsealed).not.toContain("<footer");
  });

  it("merges equal remarks of rows that follow each other, and no other cells", () => {
    const html = toHtmlFile(
      aSmallReport({
        annexes: [
          {
            id: "a",
            title: "表",
            from: 2,
            header: ["序号", "值", "备注"],
            rows: [
              ["1", "同", "同"],
              ["2", "同", "同"],
              ["3", "异", ""],
            ],
          },
        ],
      }),
    );
    expect(html).toContain('<td>同</td><td rowspan="2">同</td></tr>\n<tr><th scope="row">2</th><td>同</td></tr>');
  });

  it("escapes what somebody wrote", () => {
    const evil = `</title><script>alert(1)</script>`;
    const report = aSmallReport({ blocks: [...POINTS_AND_TABLES, { kind: "title", id: "t", spans: [aSpan(evil)] }] });
    expect(toHtmlFile({ ...report, report: { ...report.report, name: evil } })).not.toContain("<script");
  });
});

describe("the archive", () => {
  it("holds every format, the attachments, who decided, and lists them by hash; what is not in it is named", () => {
    const files = unzipSync(made["zip"] ?? new Uint8Array());
    const names = Object.keys(files);
    expect(names.filter((name) => name.startsWith("成稿/")).map((name) => name.split(".").at(-1))).toEqual([
      "docx",
      "html",
      "json",
      "md",
      "pdf",
      "txt",
      "xlsx",
    ]);
    expect(names).toEqual(
      expect.arrayContaining([
        "说明.txt",
        "附件/001-_快报_.pdf",
        "审签/审签记录.md",
        "审计/审计摘录.csv",
        "SHA256SUMS",
      ]),
    );
    const { manifest, checks } = verifyArchive(made["zip"] ?? new Uint8Array());
    expect(checks.filter(({ isRight }) => !isRight)).toEqual([]);
    expect(manifest?.omitted).toEqual([
      { attachment: "e-2", name: "大.png", why: "too-much" },
      { attachment: "e-3", name: "没有了.png", why: "gone" },
    ]);
    // A spreadsheet would take it for a formula.
    expect(Buffer.from(files["审签/审签记录.csv"] ?? []).toString()).toContain(`"'=1+1"`);
  });

  it("has names that every system takes, whatever a file was called", () => {
    const names = [
      "../../etc/passwd",
      "C:\\a\\b.pdf",
      "CON.pdf",
      "a\u202Efdp.exe",
      " . ",
      "",
      "x".repeat(300) + ".pdf",
      "\u0000.png",
    ];
    expect(names.map(safeName).map((name) => name.slice(0, 20))).toEqual([
      "_.._etc_passwd",
      "C__a_b.pdf",
      "_CON.pdf",
      "afdp.exe",
      "_",
      "_",
      "x".repeat(20),
      "png",
    ]);
    for (const name of names) expect(safeName(name)).not.toMatch(/[\\/:*?"<>|\p{Cc}\p{Cf}]|^\.|^$/u);
  });
});

it("the plain text is what the HTML is compared with", () => {
  expect(toPlainText(aWholeEdition().document)).toBe(textOf("txt"));
});
