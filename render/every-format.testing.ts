import { createHash } from "node:crypto";
import { realDocument } from "../domain/report/real-document.testing";
import { codeOf, recordHash, sealHash, type Seal } from "../domain/edition/seal";
import { canonicalJson, sha256Hex } from "../domain/kernel/canonical-json";
import { markOf } from "../domain/edition/mark";
import type { EditionRecord } from "./edition-record";
import { FORMATS, type FileSource } from "./formats";
import { toZip } from "./zip/to-zip";

/** The real report as an edition with everything that one can have: a correction, an attachment, approvals. */
export function aWholeEdition(): Required<FileSource> & { seal: Seal; sealSha256: string; attached: Uint8Array } {
  const document = realDocument();
  const attached = Buffer.from("%PDF-1.7\n%%EOF");
  const at = "2024-07-20T02:00:00.000Z";
  const record: EditionRecord = {
    schema: "huibao.record/1",
    approvals: [
      {
        kind: "leaf",
        of: "s",
        title: "=1+1",
        department: "农业农村局",
        number: 1,
        verdict: "write",
        step: null,
        by: "经办人",
        at,
      },
    ],
    audit: [{ at, by: "发改局综合股", action: "section.pass", subject: "s" }],
    attachments: [
      {
        id: "e-1",
        name: "../快报?.pdf",
        mediaType: "application/pdf",
        size: attached.length,
        sha256: createHash("sha256").update(attached).digest("hex"),
        kind: "leaf",
        of: "s",
        title: "抓粮食",
      },
      {
        id: "e-2",
        name: "大.png",
        mediaType: "image/png",
        size: 60 * 1024 * 1024,
        sha256: "c".repeat(64),
        kind: "leaf",
        of: "s",
        title: "抓粮食",
      },
      {
        id: "e-3",
        name: "没有了.png",
        mediaType: "image/png",
        size: 7,
        sha256: "d".repeat(64),
        kind: "leaf",
        of: "s",
        title: "抓粮食",
      },
    ],
    missing: [],
  };
  const seal: Seal = {
    schema: "huibao.seal/1",
    report: document.report.slug,
    jurisdiction: document.report.jurisdiction,
    number: 1,
    kind: "revised",
    name: document.report.name,
    document: sha256Hex(canonicalJson(document)),
    record: recordHash(record),
    previous: null,
    supersedes: 1,
    notice: "第二段比例应为40%。",
    exception: null,
    origin: "https://huibao.example.gov.cn",
    sealedBy: "发改局综合股",
    sealedAt: "2024-08-01T01:30:00.123Z",
  };
  const sealSha256 = sealHash(seal);
  const mark = markOf({ ...seal, code: codeOf(sealSha256), sealedAt: new Date(seal.sealedAt), sha256: seal.document });
  return { document, mark, record, seal, sealSha256, attached };
}

/** Every format of it and the archive of all. */
export async function everyFormat(): Promise<Record<string, Uint8Array>> {
  const { seal, sealSha256, attached, ...source } = aWholeEdition();
  const made: Record<string, Uint8Array> = {};
  for (const [format, { make }] of Object.entries(FORMATS)) made[format] = await make(source);
  const zip = toZip({
    seal,
    sealSha256,
    chain: [],
    mark: source.mark,
    record: source.record,
    formats: Object.entries(made).map(([format, bytes]) => ({ format, extension: format, bytes })),
    attachments: new Map([["e-1", attached]]),
    actName: (action) => action,
  });
  return { ...made, automatic: await FORMATS.docx.make(source, { numbering: "automatic" }), zip };
}

export async function everyHash(): Promise<Record<string, string>> {
  const made = Object.entries(await everyFormat());
  return Object.fromEntries(made.map(([format, bytes]) => [format, createHash("sha256").update(bytes).digest("hex")]));
}
