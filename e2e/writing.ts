import { expect, type Page } from "playwright/test";
import type { TestDatabase } from "../db/testing/database";
import { blockText } from "../domain/section/content";
import { Content } from "../domain/section/content-schema";

export const paper = (page: Page) => page.getByRole("textbox", { name: "正文" });

/** Types at the end of the text, as a person does. */
export async function append(page: Page, words: string): Promise<void> {
  await paper(page).click();
  await caretTo(page, "end");
  await page.keyboard.type(words);
}

/**
 * The editor hears of a moved caret a moment after the key, and takes it back within 50 ms of a change of its own. No
 * hand is as quick; so the key is pressed until the caret stands there, as a person would see it, and is heard of.
 */
export async function caretTo(page: Page, end: "start" | "end"): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(end === "start" ? "Control+Home" : "Control+End");
    const between = await paper(page).evaluate(async (text, to) => {
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
      const caret = window.getSelection();
      const rest = document.createRange();
      rest.selectNodeContents(text);
      if (caret?.focusNode && to === "end") rest.setStart(caret.focusNode, caret.focusOffset);
      if (caret?.focusNode && to === "start") rest.setEnd(caret.focusNode, caret.focusOffset);
      return rest.toString();
    }, end);
    expect(between).toBe("");
  }).toPass({ timeout: 20_000, intervals: [100] });
}

export const expectSaved = (page: Page) => expect(page.getByText(/已保存 \d\d:\d\d/)).toBeVisible();

/** What the server has: the working copy's paragraphs. */
export async function savedText(database: TestDatabase, sectionId: string): Promise<string[]> {
  const rows = await database.owner.sql`select content from drafts where section_id = ${sectionId}`;
  return Content.parse(rows[0]?.["content"]).content.map(blockText);
}

/** Pastes as another program does: plain text, and with it HTML if there is some. */
export async function paste(page: Page, text: string, html?: string): Promise<void> {
  await paper(page).evaluate(
    (target, given) => {
      const data = new DataTransfer();
      data.setData("text/plain", given.text);
      if (given.html) data.setData("text/html", given.html);
      target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    },
    { text, html },
  );
}
