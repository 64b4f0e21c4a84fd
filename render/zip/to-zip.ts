import { createHash } from "node:crypto";
import { zipSync, type Zippable } from "fflate";
import { canonicalJson } from "../../domain/kernel/canonical-json";
import { editionName } from "../../domain/edition/mark";
import { codeOf, type Seal } from "../../domain/edition/seal";
import type { EditionMark } from "../edition-mark";
import type { EditionRecord } from "../edition-record";
import { approvalsAsCsv, approvalsAsMarkdown, attachmentsAsCsv, auditAsCsv } from "./tables";
import { MANIFEST, type Manifest, SUMS } from "./manifest";
import { safeName } from "./safe-names";

export type Archive = {
  seal: Seal;
  sealSha256: string;
  chain: { seal: Seal; sealSha256: string }[];
  mark: EditionMark;
  record: EditionRecord;
  /** The edition in every format that it has. */
  formats: { format: string; extension: string; bytes: Uint8Array }[];
  /** Bytes by the attachment's id; what is not there is named as missing. */
  attachments: ReadonlyMap<string, Uint8Array>;
  /** What an act is called: section.pass → 段落通过. */
  actName: (action: string) => string;
};

/** Bytes of attachments that one archive holds: all of it lies in memory while it is made. */
export const ATTACHMENTS_TOGETHER = 48 * 1024 * 1024;

/** The attachments that go in, first come first served in the record's order; the others stay with the evidence. */
export function attachmentsThatFit({ attachments }: EditionRecord): EditionRecord["attachments"] {
  let together = 0;
  return attachments.filter(({ size }) => {
    if (together + size > ATTACHMENTS_TOGETHER) return false;
    together += size;
    return true;
  });
}

/**
 * An edition as one ZIP archive: every format, the attached files, approvals and audit extract for people and for
 * programs, manifest.json and SHA256SUMS. Equal editions give equal bytes: fixed times, sorted paths. What is compressed
 * already is stored as it is.
 */
export function toZip(archive: Archive): Uint8Array {
  const entries = [...contentsOf(archive)].sort((a, b) => (a.path < b.path ? -1 : 1));
  const fits = new Set(attachmentsThatFit(archive.record).map(({ id }) => id));
  const manifest: Manifest = {
    schema: "huibao.archive/1",
    seal: archive.seal,
    sealSha256: archive.sealSha256,
    code: codeOf(archive.sealSha256),
    chain: archive.chain,
    files: entries.map(({ path, bytes, ...what }) => ({ path, size: bytes.length, sha256: sha256(bytes), ...what })),
    omitted: archive.record.attachments
      .filter(({ id }) => !archive.attachments.has(id) || !fits.has(id))
      .map(({ id, name }) => ({ attachment: id, name, why: fits.has(id) ? "gone" : "too-much" })),
  };
  return packArchive(entries, manifest);
}

/** The archive of these files: what verifying packs again to compare. */
export function packArchive(entries: readonly { path: string; bytes: Uint8Array }[], manifest: Manifest): Uint8Array {
  const listed = encoded(`${JSON.stringify(JSON.parse(canonicalJson(manifest)), null, 2)}\n`);
  const sums = [...manifest.files, { path: MANIFEST, sha256: sha256(listed) }].map(
    (one) => `${one.sha256}  ${one.path}\n`,
  );
  const all = [...entries, { path: MANIFEST, bytes: listed }, { path: SUMS, bytes: encoded(sums.join("")) }];
  const zip: Zippable = {};
  for (const { path, bytes } of all) {
    zip[path] = [bytes, { level: STORED.test(path) ? 0 : 6, mtime: FIRST_DAY, os: UNIX, attrs: 0o644 << 16 }];
  }
  return zipSync(zip);
}

/** Who unpacks on Linux takes the names for a DOS code page otherwise, though they are marked as UTF-8. */
const UNIX = 3;
/** In the zone of whoever makes it, as the format writes it: the same digits everywhere. */
const FIRST_DAY = new Date(1980, 0, 1);
const STORED = /\.(pdf|docx|xlsx|png|jpe?g|zip)$/i;

type Entry = { path: string; bytes: Uint8Array } & Pick<Manifest["files"][number], "what" | "format" | "attachment">;

function* contentsOf({ seal, mark, record, formats, attachments, actName }: Archive): Generator<Entry> {
  const name = safeName(editionName({ ...seal, kind: mark.kind }));
  yield { path: "说明.txt", what: "about", bytes: encoded(aboutArchive(seal, mark)) };
  for (const { format, extension, bytes } of formats) {
    yield { path: `成稿/${name}.${extension}`, what: "format", format, bytes };
  }
  yield { path: "审签/审签记录.csv", what: "approvals", bytes: encoded(approvalsAsCsv(record)) };
  yield { path: "审签/审签记录.md", what: "approvals", bytes: encoded(approvalsAsMarkdown(record)) };
  yield { path: "审签/审签记录.json", what: "approvals", bytes: jsonBytes(record.approvals) };
  yield { path: "审计/审计摘录.csv", what: "audit", bytes: encoded(auditAsCsv(record, actName)) };
  yield { path: "审计/审计摘录.json", what: "audit", bytes: jsonBytes(record.audit) };
  if (record.attachments.length === 0) return;
  const paths = new Map(
    attachmentsThatFit(record).flatMap(({ id, name: file }, index) => {
      return attachments.has(id) ? [[id, `附件/${String(index + 1).padStart(3, "0")}-${safeName(file)}`] as const] : [];
    }),
  );
  yield { path: "附件/附件清单.csv", what: "about", bytes: encoded(attachmentsAsCsv(record, paths)) };
  for (const [id, path] of paths) {
    const bytes = attachments.get(id);
    if (bytes) yield { path, what: "attachment", attachment: id, bytes };
  }
}

function aboutArchive(seal: Seal, mark: EditionMark): string {
  return [
    editionName({ ...seal, kind: mark.kind }),
    `封存：${mark.date}，${seal.sealedBy}　验证码：${mark.code}${mark.url ? `　验证网址：${mark.url}` : ""}`,
    "",
    "成稿/ 同一份成稿的各种格式，文字相同，以封存的文本为准。",
    "审签/ 每一段、每一项指标由谁起草、签发、核对、通过，全文由谁审定。",
    "审计/ 与本报告有关的操作摘录。",
    "附件/ 部门随文、随数上传的依据。清单里注明“未收入”的，可在系统里单独下载。",
    "manifest.json 各文件的大小和 SHA-256，封印及以前各号的封印。SHA256SUMS 可用 sha256sum -c 核对。",
    "在装有本系统的机器上核对本档案：npm run huibao -- verify <本文件>",
    "",
    "This archive holds one sealed edition in all formats, who approved what, an audit extract and the attached files.",
    "To check it: sha256sum -c SHA256SUMS, or npm run huibao -- verify <this file> where Huibao is installed.",
    "",
  ].join("\r\n");
}

const jsonBytes = (value: unknown): Uint8Array =>
  encoded(`${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`);
const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
