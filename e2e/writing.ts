import { expect, type Page } from "playwright/test";
import type { TestDatabase } from "../db/testing/database";
import { blockText, Content } from "../domain/section/content";

export const paper = (page: Page) => page.getByRole("textbox", { name: "正文" });

/** Types at the end of the text, as a person does. */
export async function append(page: Page, words: string): Promise<void> {
  await paper(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(words);
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
