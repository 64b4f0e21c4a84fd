import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { blocksOf, COUNTY, countyRows, EVERY_FINDING, FEW_BULLETS } from "../domain/check/a-county.testing";
import { checkText } from "../domain/check/check-text";
import { loadMessages, LOCALES } from "../messages/load";

describe("the sentences of the text's findings", () => {
  it("are all used, complete in both languages, and say what is stated", async () => {
    const rows = await countyRows();
    const findings = [EVERY_FINDING, FEW_BULLETS].flatMap((text) =>
      checkText(blocksOf(text), rows, { ...COUNTY, counties: 8 }),
    );
    const keys = Object.keys(loadMessages("zh-CN").check).filter((key) => key.startsWith("text-"));
    expect(new Set(findings.map(({ says }) => says))).toEqual(new Set(keys));
    for (const locale of LOCALES) {
      const onError = (error: Error): never => {
        throw error;
      };
      const translate = createTranslator({ locale, messages: loadMessages(locale), namespace: "check", onError });
      for (const { says, params, stated } of findings) {
        const sentence = translate(says as Parameters<typeof translate>[0], params);
        expect(sentence).toContain(stated);
        expect(sentence).not.toMatch(/[{}']|undefined|null|NaN/);
      }
    }
  });
});
