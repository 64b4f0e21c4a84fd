import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { RenderError } from "../render-error";
import { type Coverage, type FontInFile, readFonts } from "./font-file";

/** The faces of GB/T 9704-2012: 仿宋, 黑体, 楷体, 宋体 and 小标宋. */
export type Face = "fang" | "hei" | "kai" | "song" | "title";
export const FACE_NAMES: Record<Face, string> = {
  fang: "仿宋",
  hei: "黑体",
  kai: "楷体",
  song: "宋体",
  title: "小标宋",
};

/**
 * The open substitutes in `fonts/`: `family` is what Typst calls the font in the file. Noto stands in for the rarer characters
 * (俤) that Fandol's GB 2312 repertoire lacks.
 */
export const OPEN_FONTS = {
  fang: { file: "FandolFang-Regular.otf", family: "FandolFang R" },
  hei: { file: "FandolHei-Regular.otf", family: "FandolHei" },
  kai: { file: "FandolKai-Regular.otf", family: "FandolKai" },
  song: { file: "FandolSong-Regular.otf", family: "FandolSong" },
  title: { file: "FandolSong-Bold.otf", family: "FandolSong" },
  fallback: { file: "NotoSerifSC_400Regular.ttf", family: "Noto Serif SC" },
} as const;

/**
 * The licensed faces that offices print with, by the families in their name tables, the best first. A deployment that has
 * them puts the files (.ttf, .otf, .ttc, whatever their names) in one directory and names it in HUIBAO_FONTS.
 */
export const LICENSED_FAMILIES: Partial<Record<Face, readonly string[]>> = {
  title: ["方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "方正小标宋"],
  fang: ["仿宋_GB2312", "FangSong_GB2312"],
  kai: ["楷体_GB2312", "KaiTi_GB2312"],
};

/** What a face is printed with, the first that has the character: a licensed font, the open one, the stand-in. */
export type FontOfFace = { path: string; families: readonly string[]; coverage: () => Coverage };
export type Fonts = { files: string[]; faces: Record<Face, FontOfFace[]> };

/** The working directory is the project's root under every runner, and a bundled server has no other fixed point. */
export const defaultFontDirectory = (): string => join(process.cwd(), "fonts");

/** Where a deployment's licensed faces are; null when it has none. */
export const licensedDirectory = (): string | null => process.env["HUIBAO_FONTS"] || null;

/**
 * The fonts of both directories, read once a process: 46 MB, of which only names and character maps are read. Throws
 * RenderError "fonts-missing" with the names of open files that are not there or no fonts, of licensed ones that cannot
 * be read, and of a licensed directory that is not there.
 */
export function findFonts(directory: string, licensed: string | null): Fonts {
  const key = `${directory}\u0000${licensed ?? ""}`;
  const known = found.get(key);
  if (known) return known;
  const fonts = readDirectories(directory, licensed);
  found.set(key, fonts);
  return fonts;
}

const found = new Map<string, Fonts>();

function readDirectories(directory: string, licensed: string | null): Fonts {
  const open = openFonts(directory);
  const extra = licensed === null ? {} : licensedFonts(licensed);
  const chain = (face: Face): FontOfFace[] => [...(extra[face] ? [extra[face]] : []), open[face], open.fallback];
  const faces = {
    fang: chain("fang"),
    hei: chain("hei"),
    kai: chain("kai"),
    song: chain("song"),
    title: chain("title"),
  };
  const files = new Set([...Object.values(open), ...Object.values(extra)].map(({ path }) => path));
  return { files: [...files], faces };
}

function openFonts(directory: string): Record<Face | "fallback", FontOfFace> {
  const missing: string[] = [];
  const font = (face: Face | "fallback"): FontOfFace => {
    const { file, family } = OPEN_FONTS[face];
    const path = join(directory, file);
    try {
      const [only] = readFonts(path);
      if (only) return { path, families: [family], coverage: once(file, only.coverage) };
    } catch {
      // Named below with the others: which of them is missing and which is no font makes no difference to who mends it.
    }
    missing.push(file);
    return { path, families: [family], coverage: () => () => false };
  };
  const fonts = {
    fang: font("fang"),
    hei: font("hei"),
    kai: font("kai"),
    song: font("song"),
    title: font("title"),
    fallback: font("fallback"),
  };
  if (missing.length > 0) throw new RenderError("fonts-missing", missing);
  return fonts;
}

function licensedFonts(directory: string): Partial<Record<Face, FontOfFace>> {
  const fonts = fontFilesIn(directory).flatMap((path) => readLicensed(path).map((font) => ({ path, ...font })));
  const best = (face: Face): FontOfFace | undefined => {
    for (const family of LICENSED_FAMILIES[face] ?? []) {
      const font = fonts.find(({ families }) => families.some((name) => sameName(name, family)));
      if (font) return { path: font.path, families: font.families, coverage: once(font.path, font.coverage) };
    }
    return undefined;
  };
  const chosen: Partial<Record<Face, FontOfFace>> = {};
  for (const face of ["fang", "kai", "title"] as const) {
    const font = best(face);
    if (font) chosen[face] = font;
  }
  return chosen;
}

function fontFilesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((file) => /\.(?:ttf|otf|ttc)$/i.test(file))
      .sort()
      .map((file) => join(directory, file))
      .filter((path) => statSync(path).isFile());
  } catch (cause) {
    throw new RenderError("fonts-missing", [directory], { cause });
  }
}

function readLicensed(path: string): FontInFile[] {
  try {
    return readFonts(path);
  } catch (cause) {
    throw new RenderError("fonts-missing", [path], { cause });
  }
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A font's character map is read when it is first asked for; one that is damaged is no font. */
function once(name: string, read: () => Coverage): () => Coverage {
  let known: Coverage | null = null;
  return () => {
    try {
      return (known ??= read());
    } catch (cause) {
      throw new RenderError("fonts-missing", [name], { cause });
    }
  };
}
