import { z } from "zod";
import { FIGURE_FIELDS, FIGURE_STATES, Figure, GROWTH_BASES, INDICATOR_KINDS } from "../../domain/indicator/figure";

/** The law of the JSON format: docs/schema/huibao-edition-1.schema.json is made of it and docs/edition-json.md explains it. */
export function editionJsonSchema(): object {
  return {
    $id: "urn:huibao:edition:1",
    title: "Huibao edition, version 1",
    ...z.toJSONSchema(EditionFile, { target: "draft-2020-12" }),
  };
}

const text = z.string();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.int().min(0);
const source = z.strictObject({ department: text, document: text, date: text.nullable() });

const span = z
  .strictObject({
    text,
    lead: z.literal(true).optional().describe("A bold run-in lead"),
    from: whole.describe("Index into contributions"),
    block: text.describe("The block's id in the department's own text"),
    figure: z
      .strictObject({
        indicator: text.nullable(),
        field: text,
        override: z.literal(true).optional(),
      })
      .optional()
      .describe("Words that came from the table of indicators"),
  })
  .meta({ id: "Span", description: "Words of one contribution" });
const spans = z.array(span);
const id = text.describe("Unique in the document");
const kindOf = <K extends string>(kind: K) => z.literal(kind);
const line = <K extends string>(kind: K) => z.strictObject({ kind: kindOf(kind), id, spans });
const rows = z.array(z.array(text));

const block = z.discriminatedUnion("kind", [
  line("title"),
  line("delivery"),
  line("speaker"),
  line("salutation"),
  z.strictObject({
    kind: kindOf("heading"),
    id,
    level: z.union([z.literal(1), z.literal(2)]).describe("1: 一、 2: （一）"),
    number: text,
    text,
  }),
  z.strictObject({ kind: kindOf("paragraph"), id, number: text.optional(), spans }),
  line("bullet").describe("Printed after ——, which is not in the text"),
  z.strictObject({ kind: kindOf("numbered"), id, number: text, spans }),
  z.strictObject({
    kind: kindOf("table"),
    id,
    from: whole,
    block: text,
    header: z.array(text).optional(),
    rows,
  }),
]);

const places = z.int().min(0).max(6).optional();
const indicator = z
  .strictObject({
    code: text,
    officialName: text.describe("As in the annex"),
    shortName: text.describe("As in the text"),
    aliases: z.array(text),
    unit: text,
    kind: z.enum(INDICATOR_KINDS),
    basis: z.enum(GROWTH_BASES),
    decimals: z.strictObject({
      lastActual: places,
      planTotal: places,
      planGrowth: places,
      actual: places,
      completion: places,
      growth: places,
    }),
    figures: z.partialRecord(z.enum(FIGURE_FIELDS), Figure),
    completionReason: text.nullable().describe("Why a typed completion stands instead of the derived one"),
    from: whole,
    sources: z.record(text, source),
  })
  .meta({ id: "Indicator", description: "An approved row of the table" });

const document = z
  .strictObject({
    schema: z.literal("huibao.report/1"),
    report: z.strictObject({
      slug: text,
      name: text,
      jurisdiction: text,
      year: z.int(),
      half: z.union([z.literal(1), z.literal(2)]).describe("1: January to June, 2: the whole year"),
    }),
    contributions: z
      .array(
        z.strictObject({
          section: text.describe("Of a leaf, or of an indicator"),
          title: text,
          department: text,
          revision: text.describe("The immutable approved text or row"),
          number: whole,
        }),
      )
      .describe("Who supplied what, in reading order"),
    blocks: z.array(block),
    annexes: z.array(
      z.strictObject({
        id,
        title: text,
        from: whole.nullable().describe("Null: compiled from `indicators`"),
        header: z.array(text),
        rows,
      }),
    ),
    indicators: z.array(indicator).optional(),
  })
  .meta({ id: "Document", description: "What the SHA-256 of an edition is taken over, as canonical JSON (RFC 8785)" });

const mark = z
  .strictObject({
    kind: text.describe("征求意见稿, 送审稿, 送交稿, 修改稿, 会议稿 or 公开稿"),
    underTitle: z.boolean(),
    number: z.int().min(1),
    code: text.describe("Ten characters in two groups, as printed"),
    url: text.nullable(),
    date: text,
    sha256: hash,
    correction: z.strictObject({ of: z.int().min(1), date: text, text }).nullable(),
  })
  .meta({ id: "Mark", description: "What the edition says of itself on its sheets" });

const verdict = z.enum(["write", "sign", "confirm", "pass", "approve"]);
const record = z
  .strictObject({
    schema: z.literal("huibao.record/1"),
    approvals: z.array(
      z.strictObject({
        kind: z.enum(["leaf", "indicator", "whole"]),
        of: text,
        title: text,
        department: text,
        number: whole.nullable(),
        verdict,
        step: text.nullable(),
        by: text,
        at: text,
      }),
    ),
    audit: z.array(z.strictObject({ at: text, by: text, action: text, subject: text })),
    attachments: z.array(
      z.strictObject({
        id: text,
        name: text,
        mediaType: text,
        size: whole,
        sha256: hash,
        kind: z.enum(["leaf", "indicator"]),
        of: text,
        title: text,
      }),
    ),
    missing: z.array(
      z.strictObject({ kind: z.enum(["leaf", "indicator"]), section: text, title: text, department: text }),
    ),
    open: z
      .array(z.strictObject({ kind: z.enum(["stale-approval", "moved-figure", "finding"]), title: text, said: text }))
      .optional(),
  })
  .meta({ id: "Record", description: "Who decided, what was attached, what was missing: hashed into the seal" });

const place = z.discriminatedUnion("in", [
  z.strictObject({ in: kindOf("text"), block: text, text, override: z.boolean() }),
  z.strictObject({ in: kindOf("annex"), annex: text, row: whole, column: whole }),
]);
const figure = z
  .strictObject({
    indicator: text.nullable(),
    name: text.nullable(),
    field: text,
    unit: text.nullable(),
    printed: text.nullable(),
    state: z.enum(FIGURE_STATES).nullable(),
    department: text.nullable(),
    revision: z.strictObject({ id: text, number: whole }).nullable(),
    source: source.nullable(),
    derived: z
      .strictObject({ formula: text, operands: z.array(z.strictObject({ field: text, printed: text })) })
      .nullable(),
    override: text.nullable(),
    decisions: z.array(z.strictObject({ verdict, step: text.nullable(), by: text, at: text })),
    places: z.array(place),
  })
  .meta({ id: "Figure", description: "One printed figure and where it came from" });

const EditionFile = z.strictObject({
  schema: z.literal("huibao.edition/1"),
  edition: mark.nullable(),
  document,
  record: record.nullable(),
  figures: z.array(figure),
});
