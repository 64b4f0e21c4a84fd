import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { RenderError } from "../render-error";
import type { Face, FontOfFace, Fonts } from "./fonts";

/** A compiler that keeps fonts and layout warm between renders, and the families of each face as the template reads them. */
export type WarmCompiler = { compiler: NodeCompiler; faces: string };

/**
 * The process's compiler for these fonts. Fonts given by path win over the system's of that name. Throws RenderError
 * "pdf-failed" when a file is another font than it says.
 */
export function warmCompiler(fonts: Fonts): WarmCompiler {
  if (warm?.fonts !== fonts) warm = { fonts, made: makeCompiler(fonts) };
  return warm.made;
}

let warm: { fonts: Fonts; made: WarmCompiler } | null = null;

/** What the last renders computed is kept for the next; older results go, or the process would grow with each text. */
export const RENDERS_REMEMBERED = 2;

function makeCompiler(fonts: Fonts): WarmCompiler {
  const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: fonts.files }] });
  const families = (face: Face): string[] => fonts.faces[face].map((font) => familyKnown(compiler, font));
  const faces = {
    fang: families("fang"),
    hei: families("hei"),
    kai: families("kai"),
    song: families("song"),
    title: families("title"),
  };
  return { compiler, faces: JSON.stringify(faces) };
}

/**
 * Which of a font's names the compiler calls it by. One that it does not know would only be a warning, and `pdf` has none:
 * it spares the document between compiling and exporting, whose memory JavaScript's collector does not see.
 */
function familyKnown(compiler: NodeCompiler, font: FontOfFace): string {
  let complaint: string[] = [];
  for (const family of font.families) {
    const trial = compiler.compile({ mainFileContent: `#set text(font: ${JSON.stringify(family)})` });
    const warnings = trial.takeError() ?? trial.takeWarnings();
    if (!warnings) return family;
    complaint = warnings.shortDiagnostics.map(message);
  }
  throw new RenderError("pdf-failed", complaint);
}

function message(diagnostic: unknown): string {
  const described = typeof diagnostic === "object" && diagnostic !== null && "message" in diagnostic;
  return String(described ? diagnostic.message : diagnostic);
}
