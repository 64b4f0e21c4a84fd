import { z } from "zod";

const Numbering = z.enum(["literal", "automatic"]);

/** What a person asks to be made: the report as it stands, an edition with automatic numbers, two editions side by side. */
export const AskExport = z.discriminatedUnion("source", [
  z.object({
    source: z.literal("draft"),
    report: z.string().min(1).max(100),
    format: z.enum(["pdf", "docx", "pages"]),
    numbering: Numbering.optional(),
  }),
  z.object({
    source: z.literal("edition"),
    editionId: z.uuid(),
    format: z.literal("docx"),
    numbering: Numbering.default("automatic"),
  }),
  z.object({
    source: z.literal("comparison"),
    editionId: z.uuid(),
    earlierId: z.uuid(),
    format: z.enum(["pdf", "docx"]),
  }),
]);
export type AskExport = z.infer<typeof AskExport>;
