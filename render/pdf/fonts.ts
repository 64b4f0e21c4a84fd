import { existsSync } from "node:fs";
import { join } from "node:path";
import { RenderError } from "../render-error";
import { type Coverage, readCoverage } from "./font-coverage";

/**
 * The faces of GB/T 9704-2012 in open substitutes: Song for 宋体 and, bold, for 小标宋; Fang for 仿宋; Hei for 黑体; Kai
 * for 楷体. Noto stands in for the rarer characters (俤) that Fandol's GB 2312 repertoire lacks.
 */
export const FACES = {
  fang: "FandolFang-Regular.otf",
  hei: "FandolHei-Regular.otf",
  kai: "FandolKai-Regular.otf",
  song: "FandolSong-Regular.otf",
  title: "FandolSong-Bold.otf",
  fallback: "NotoSerifSC_400Regular.ttf",
} as const;
export type Face = keyof typeof FACES;

/** The working directory is the project's root under every runner, and a bundled server has no other fixed point. */
export const defaultFontDirectory = (): string => join(process.cwd(), "fonts");

/** Absolute paths of all six files. Throws RenderError "fonts-missing" with the names of those that are not there. */
export function fontFiles(directory: string): string[] {
  const files = Object.values(FACES);
  const missing = files.filter((file) => !existsSync(join(directory, file)));
  if (missing.length > 0) throw new RenderError("fonts-missing", missing);
  return files.map((file) => join(directory, file));
}

/**
 * Which characters a face can print. Read once per file: 46 MB of fonts, of which only the character maps are read.
 * Throws RenderError "fonts-missing" when the file is there but is no font.
 */
export function faceCoverage(directory: string, face: Face): Coverage {
  const path = join(directory, FACES[face]);
  const known = coverages.get(path);
  if (known) return known;
  const coverage = readFont(path, FACES[face]);
  coverages.set(path, coverage);
  return coverage;
}

function readFont(path: string, file: string): Coverage {
  try {
    return readCoverage(path);
  } catch (cause) {
    throw new RenderError("fonts-missing", [file], { cause });
  }
}

const coverages = new Map<string, Coverage>();
