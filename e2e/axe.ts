import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, type Page } from "playwright/test";

const axe = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.0 A and AA. The source is evaluated, because the page's own policy lets no script tag in. */
export async function violations(page: Page): Promise<string[]> {
  // After a click within the application the title comes a moment after the page.
  await expect(page).toHaveTitle(/./);
  await page.evaluate(await axe);
  return page.evaluate(async () => {
    const runner = (window as unknown as { axe: { run: (context: Document, options: object) => Promise<Report> } }).axe;
    const { violations: found } = await runner.run(document, {
      runOnly: ["wcag2a", "wcag2aa"],
      resultTypes: ["violations"],
    });
    return found.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 160))
          .join(" | ")}`,
    );
  });
}

type Report = { violations: { id: string; nodes: { html: string }[] }[] };
