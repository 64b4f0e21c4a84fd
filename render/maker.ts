import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
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
/** What lies outside the folders and shapes the archive: its packing, its seals, its words. */
const OUTSIDE = ["jobs/archive.ts", "domain/export/sealed.ts", "messages/act-name.ts", "messages/zh-CN/admin.json"];

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const folder of ["render", "domain/edition", "domain/indicator", "domain/section", "domain/kernel"]) {
    for (const file of sources(folder)) hash.update(`${file}\0`).update(readFileSync(join(PROJECT, file)));
  }
  for (const file of OUTSIDE) hash.update(`${file}\0`).update(readFileSync(join(PROJECT, file)));
  for (const library of installed(readFileSync(join(PROJECT, "package-lock.json"), "utf8")))
    hash.update(`${library}\0`);
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

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/**
 * The renderers' libraries and all that these bring with them, as `path version` of a package-lock.json, in order: also a
 * library of a library writes bytes (jszip packs the documents and workbooks).
 */
export function installed(lockfile: string): string[] {
  const { packages } = Lock.parse(JSON.parse(lockfile));
  const found = new Set<string>();
  const follow = (name: string, from: string): void => {
    const path = placesOf(name, from).find((one) => packages[one] !== undefined);
    const library = path === undefined ? undefined : packages[path];
    // What is optional may not be installed here.
    if (path === undefined || !library || found.has(path)) return;
    found.add(path);
    for (const next of Object.keys({ ...library.dependencies, ...library.optionalDependencies })) follow(next, path);
  };
  for (const name of LIBRARIES) follow(name, "");
  return [...found].map((path) => `${path} ${packages[path]?.version ?? ""}`).toSorted();
}

/** Where Node looks for a package, nearest first. */
function placesOf(name: string, from: string): string[] {
  const places = [`${from === "" ? "" : `${from}/`}node_modules/${name}`];
  for (let at = from.lastIndexOf("node_modules/"); at >= 0; at = from.lastIndexOf("node_modules/", at - 1)) {
    places.push(`${from.slice(0, at)}node_modules/${name}`);
    if (at === 0) break;
  }
  return places;
}

/** Tests, and the rules' road to the database: no byte depends on them. */
const NOT_PRINTING = /(\.test|\.testing|^mutations|^queries|^load|^policy|^schema)\.ts$/;

function sources(folder: string): string[] {
  return readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !NOT_PRINTING.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(PROJECT.length).replaceAll("\\", "/"))
    .toSorted();
}
