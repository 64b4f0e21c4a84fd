import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { licensedDirectory } from "./pdf/fonts";

/**
 * What makes files here: the hash of everything that their bytes depend on besides the edition (the renderers, the rules
 * that they print by, their words, the versions of the libraries, the faces). The same name on two machines means the
 * same bytes; another one, that a difference proves nothing.
 */
export function makerName(): string {
  return (known ??= `huibao-${fingerprint()}`);
}

let known: string | undefined;

const PROJECT = fileURLToPath(new URL("..", import.meta.url));
const LIBRARIES = ["@myriaddreamin/typst-ts-node-compiler", "decimal.js", "docx", "exceljs", "fflate", "uqr"];

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const folder of ["render", "domain/edition", "domain/indicator", "domain/section", "domain/kernel"]) {
    for (const file of sources(folder)) hash.update(`${file}\0`).update(readFileSync(join(PROJECT, file)));
  }
  hash.update(readFileSync(join(PROJECT, "messages/zh-CN/admin.json")));
  const asked: unknown = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8"));
  const versions = typeof asked === "object" && asked && "dependencies" in asked ? Object(asked.dependencies) : {};
  for (const library of LIBRARIES) hash.update(`${library} ${versions[library] ?? ""}\0`);
  // Where a title may break follows the dictionary of words.
  hash.update(`icu ${process.versions.icu ?? ""}\0`);
  const licensed = licensedDirectory();
  for (const folder of [join(PROJECT, "fonts"), ...(licensed === null ? [] : [licensed])]) {
    for (const face of readdirSync(folder).toSorted()) {
      if (/\.(otf|ttf|ttc)$/i.test(face)) hash.update(`${face}\0`).update(readFileSync(join(folder, face)));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

/** Tests, and the rules' road to the database: no byte depends on them. */
const NOT_PRINTING = /(\.test|\.testing|^mutations|^queries|^load|^policy|^schema)\.ts$/;

function sources(folder: string): string[] {
  return readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !NOT_PRINTING.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(PROJECT.length).replaceAll("\\", "/"))
    .toSorted();
}
