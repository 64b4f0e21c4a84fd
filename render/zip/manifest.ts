import { z } from "zod";
import { EDITION_KINDS } from "../../domain/edition/workflow";
import type { Seal } from "../../domain/edition/seal";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const SealSchema = z.strictObject({
  schema: z.literal("huibao.seal/1"),
  report: z.string(),
  jurisdiction: z.string(),
  number: z.int().min(1),
  kind: z.enum(EDITION_KINDS),
  name: z.string(),
  document: hash,
  record: hash,
  previous: hash.nullable(),
  supersedes: z.int().nullable(),
  notice: z.string().nullable(),
  exception: z.string().nullable(),
  origin: z.string().nullable(),
  sealedBy: z.string(),
  sealedAt: z.string(),
}) satisfies z.ZodType<Seal>;

const sealed = { seal: SealSchema, sealSha256: hash };

/** manifest.json of an archive: what is in it, and the seals from the report's first edition to this one. */
export const Manifest = z.strictObject({
  schema: z.literal("huibao.archive/1"),
  ...sealed,
  code: z.string(),
  /** The earlier editions of the report, from the first; each seal names the hash of the one before. */
  chain: z.array(z.strictObject(sealed)),
  files: z.array(
    z.strictObject({
      path: z.string(),
      size: z.int().min(0),
      sha256: hash,
      what: z.enum(["format", "attachment", "approvals", "audit", "about"]),
      /** Of a format: which. */
      format: z.string().optional(),
      /** Of an attachment: its id in the record. */
      attachment: z.string().optional(),
    }),
  ),
  /** Attachments whose bytes are not here, and why; their hashes are in the record. */
  omitted: z.array(z.strictObject({ attachment: z.string(), name: z.string(), why: z.enum(["too-much", "gone"]) })),
});
export type Manifest = z.infer<typeof Manifest>;

export const MANIFEST = "manifest.json";
export const SUMS = "SHA256SUMS";
