import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { markOf } from "../domain/edition/mark";
import { codeOf, recordHash, type Seal, sealHash } from "../domain/edition/seal";
import { canonicalJson, sha256Hex } from "../domain/kernel/canonical-json";
import type { EditionMark } from "../render/edition-mark";
import type { EditionRecord } from "../render/edition-record";
import type { ReportDocument } from "../render/report-document";
import { MANIFEST, Manifest, SUMS } from "../render/zip/manifest";
import { packArchive } from "../render/zip/to-zip";

/** One thing that was looked at in an archive. */
export type ArchiveCheck = {
  isRight: boolean;
  what:
    | "archive"
    | "manifest"
    | "entry"
    | "unlisted"
    | "document"
    | "record"
    | "seal"
    | "code"
    | "chain"
    | "mark"
    | "packing";
  of: string;
};

/** The edition's JSON, as far as it is looked at. */
export type EditionFile = { edition: EditionMark | null; document: ReportDocument; record: EditionRecord | null };

/**
 * Checks an archive by itself, without a database: every file against the manifest, the text and the record inside its
 * JSON against the seal, the seals against each other, and the archive's own bytes. That the seal is the one in the
 * register only the printed code can tell (/verify).
 */
export function verifyArchive(zip: Uint8Array): { manifest: Manifest | null; checks: ArchiveCheck[] } {
  const files = entriesOf(zip);
  const manifest = files && Manifest.safeParse(parsed(files[MANIFEST]));
  if (!files || !manifest?.success) {
    return { manifest: null, checks: [{ isRight: false, what: files ? "manifest" : "archive", of: MANIFEST }] };
  }
  return {
    manifest: manifest.data,
    checks: [
      ...listChecks(files, manifest.data),
      ...sealChecks(files, manifest.data),
      packing(files, manifest.data, zip),
    ],
  };
}

type Files = Record<string, Uint8Array>;

/** More than any archive of ours holds: what says that it unpacks to more is none. */
const UNPACKED_MOST = 512 * 1024 * 1024;

function entriesOf(zip: Uint8Array): Files | null {
  let together = 0;
  try {
    return unzipSync(zip, {
      filter: ({ originalSize }) => {
        together += originalSize;
        if (together > UNPACKED_MOST) throw new RangeError("unpacks to too much");
        return true;
      },
    });
  } catch {
    return null;
  }
}

function listChecks(files: Files, { files: listed }: Manifest): ArchiveCheck[] {
  const known = new Set([...listed.map(({ path }) => path), MANIFEST, SUMS]);
  return [
    ...listed.map(({ path, size, sha256: hash }): ArchiveCheck => {
      const bytes = files[path];
      return { isRight: bytes?.length === size && sha256(bytes) === hash, what: "entry", of: path };
    }),
    ...Object.keys(files)
      .filter((path) => !known.has(path))
      .map((path): ArchiveCheck => ({ isRight: false, what: "unlisted", of: path })),
  ];
}

function sealChecks(files: Files, manifest: Manifest): ArchiveCheck[] {
  const { seal, sealSha256, code, chain } = manifest;
  const path = manifest.files.find(({ format }) => format === "json")?.path ?? "";
  const file = parsed(files[path]) as EditionFile | null;
  const says = (what: ArchiveCheck["what"], of: string, isRight: () => boolean): ArchiveCheck => ({
    isRight: holds(isRight),
    what,
    of,
  });
  return [
    says("document", seal.document, () => file !== null && sha256Hex(canonicalJson(file.document)) === seal.document),
    says("record", seal.record, () => file?.record != null && recordHash(file.record) === seal.record),
    says("seal", sealSha256, () => sealHash(seal) === sealSha256),
    says("code", code, () => codeOf(sealSha256) === code),
    says("chain", String(chain.length + 1), () => isChain([...chain, { seal, sealSha256 }])),
    says("mark", code, () => canonicalJson(file?.edition) === canonicalJson(markOfSeal(seal, code))),
  ];
}

const isChain = (chain: readonly { seal: Seal; sealSha256: string }[]): boolean =>
  chain.every(({ seal, sealSha256 }, index) => {
    const previous = chain[index - 1]?.sealSha256 ?? null;
    return seal.number === index + 1 && seal.previous === previous && sealHash(seal) === sealSha256;
  });

const markOfSeal = (seal: Seal, code: string): EditionMark =>
  markOf({ ...seal, code, sealedAt: new Date(seal.sealedAt), sha256: seal.document });

/** Packed again from what is in it, an archive of ours is the same bytes: nothing stands between its files. */
function packing(files: Files, manifest: Manifest, zip: Uint8Array): ArchiveCheck {
  const isRight = holds(() => {
    const entries = manifest.files.map(({ path }) => ({ path, bytes: files[path] ?? new Uint8Array() }));
    return Buffer.from(packArchive(entries, manifest)).equals(zip);
  });
  return { isRight, what: "packing", of: SUMS };
}

function parsed(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** What is no JSON of ours cannot be hashed either. */
export function holds(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
