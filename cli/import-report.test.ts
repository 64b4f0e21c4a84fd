import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { IMPORT_REFUSALS } from "../domain/import/import-refusal";
import { LEFT_OVER_REASONS } from "../domain/import/imported-document";
import { MATCH_REASONS } from "../domain/import/match-outline";
import { normalise, REPAIR_KINDS } from "../domain/import/normalise";
import { readDocument } from "../domain/import/read-document";
import { recogniseOutline } from "../domain/import/recognise-outline";
import { LIBREOFFICE_DOCX, REAL_TEXT, reportDocx } from "../domain/import/report-docx.testing";
import { loadMessages, LOCALES } from "../messages/load";
import { compile } from "../render/compile";
import { toMarkdown } from "../render/text/to-markdown";

describe("the real report, imported and compiled", () => {
  it.each([
    ["clean text", async () => Buffer.from(REAL_TEXT)],
    ["Word file with typed numbers", () => reportDocx("typed")],
    ["Word file whose numbers and bullets are lists", () => reportDocx("automatic")],
    ["file that LibreOffice wrote", async () => LIBREOFFICE_DOCX],
  ])("is the original again, from a %s", async (_, bytes) => {
    const { nodes, figures } = recogniseOutline(await readDocument(await bytes()));
    const report = { slug: "h1", name: "报告", jurisdiction: "芗城区", year: 2024, half: 1 } as const;
    const { document, missing } = compile(
      report,
      nodes.map(({ key, parent, content, ...node }) => ({
        ...node,
        id: key,
        parentId: parent,
        department: "发改局",
        revision: content && { id: `r-${key}`, number: 1, content },
      })),
      (figures?.rows ?? []).map((row) => ({
        id: row.code,
        name: row.officialName,
        department: "统计局",
        revision: { id: row.code, number: 1, row: { ...row, sources: {} } },
      })),
    );
    expect(toMarkdown(document)).toBe(REAL_TEXT);
    expect(missing).toEqual([]);
  });
});

describe("what is said of an import", () => {
  it.each(LOCALES)("has words for every refusal, reason and repair: %s", (locale) => {
    const { import: messages } = loadMessages(locale);
    expect(Object.keys(messages.repair).sort()).toEqual([...REPAIR_KINDS].sort());
    const keys = [
      ...IMPORT_REFUSALS.map((key) => `refused-${key}`),
      ...LEFT_OVER_REASONS.map((key) => `left-${key}`),
      ...MATCH_REASONS.map((key) => `match-${key}`),
    ];
    expect(
      Object.keys(messages)
        .filter((key) => /^(?:refused|left|match)-/.test(key))
        .sort(),
    ).toEqual(keys.sort());
  });

  it("says in one line what was repaired", () => {
    const translate = createTranslator({ locale: "zh-CN", messages: loadMessages("zh-CN"), namespace: "import" });
    const { repairs, counts } = normalise('上半年完成 481.35 亿元,实现"双过半"。');
    const parts = counts.map(({ kind, count }) =>
      translate("repaired-part", { kind: translate(`repair.${kind}`), count }),
    );
    expect(translate("repaired", { count: repairs.length, parts: parts.join("、") })).toBe(
      "改了 5 处：引号 2、空格 2、标点 1",
    );
  });
});
