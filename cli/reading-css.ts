import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import tailwind from "@tailwindcss/postcss";
import postcss from "postcss";

/**
 * Writes the reading page's stylesheet to public/reading-<hash>.css. That page is not rendered by Next (its bytes are
 * made once for each edition and kept), so it needs the workspace's styles under a name of its own.
 */
export async function writeReadingCss(project: string): Promise<string> {
  const from = join(project, "app/globals.css");
  const source = await readFile(from, "utf8");
  const { css } = await postcss([tailwind({ optimize: { minify: true }, base: project })]).process(source, { from });
  const name = `reading-${createHash("sha256").update(css).digest("hex").slice(0, 10)}.css`;
  const folder = join(project, "public");
  await mkdir(folder, { recursive: true });
  for (const old of await readdir(folder))
    if (/^reading-.*\.css$/.test(old) && old !== name) await rm(join(folder, old));
  await writeFile(join(folder, name), css);
  return name;
}
