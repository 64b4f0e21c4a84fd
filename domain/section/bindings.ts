import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { frozenFigures, reports, revisions, sections, waivers } from "../../db/schema";
import { record } from "../audit/record";
import type { Binding } from "../indicator/binding";
import type { IndicatorRow } from "../indicator/figure";
import { readRows, type SeenRow } from "../indicator/read-rows";
import { wordBinding } from "../indicator/wording";
import { sha256Hex } from "../kernel/canonical-json";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { checkSection } from "./check-section";
import { bindingsOf, inlineText, withBoundTexts, type Content } from "./content";
import { authorizeAt, loadForChange } from "./load";
import { partTitle } from "./part-title";
import type { DecideStale, KeepStale } from "./schema";

/** What the table says to whoever looks, for the words of a text's bound figures. */
export type Figures = {
  rows: ReadonlyMap<string, SeenRow>;
  /** The rows alone, as the pure rules read them. */
  table: ReadonlyMap<string, IndicatorRow>;
  half: 1 | 2;
};

export async function readFigures(tx: Transaction, ctx: Context, reportId: string, half: number): Promise<Figures> {
  const rows = await readRows(tx, ctx, reportId);
  return {
    rows: new Map(rows.map((seen) => [seen.row.code, seen])),
    table: new Map(rows.map(({ row }) => [row.code, row])),
    half: half === 2 ? 2 : 1,
  };
}

/** The text with its figures as they are now; a figure that is not there has no words. */
export function followed(content: Content, figures: Figures): Content {
  if (bindingsOf(content).length === 0) return content;
  return withBoundTexts(content, (binding) => wordBinding(binding, figures.table, figures.half) ?? "");
}

/** What the table itself says to a node, whatever wording its department has given it. */
function tableSays(binding: Binding, figures: Figures): string | null {
  const plain = { ...binding, attrs: { ...binding.attrs, wording: null } } as Binding;
  return wordBinding(plain, figures.table, figures.half);
}

/** What the reviewer had before them: passing a text pins these words, so they must still be the same. */
export const fingerprintOf = (content: Content): string =>
  sha256Hex(
    bindingsOf(content)
      .map((node) => `${node.attrs.id}\t${node.attrs.text}`)
      .join("\n"),
  );

export type Frozen = { text: string; seen: string };
export type FrozenOf = ReadonlyMap<string, ReadonlyMap<string, Frozen>>;

/** The frozen words of approved texts: by revision, then by node. The latest decision on a node counts. */
export async function readFrozen(tx: Transaction, revisionIds: readonly string[]): Promise<FrozenOf> {
  const frozen = new Map<string, Map<string, Frozen>>();
  if (revisionIds.length === 0) return frozen;
  const rows = await tx
    .selectDistinctOn([frozenFigures.revisionId, frozenFigures.nodeId], {
      revisionId: frozenFigures.revisionId,
      nodeId: frozenFigures.nodeId,
      text: frozenFigures.text,
      seen: frozenFigures.seen,
    })
    .from(frozenFigures)
    .where(inArray(frozenFigures.revisionId, [...revisionIds]))
    .orderBy(frozenFigures.revisionId, frozenFigures.nodeId, desc(frozenFigures.id));
  for (const { revisionId, nodeId, text, seen } of rows) {
    const nodes = frozen.get(revisionId) ?? new Map<string, Frozen>();
    frozen.set(revisionId, nodes.set(nodeId, { text, seen }));
  }
  return frozen;
}

/** An approved text as it was approved, whatever the table says now. */
export function asFrozen(content: Content, frozen: ReadonlyMap<string, Frozen> | undefined): Content {
  return frozen ? withBoundTexts(content, (binding) => frozen.get(binding.attrs.id)?.text ?? null) : content;
}

/**
 * A kept text as somebody may read it. Its department reads what it kept; to everybody else a figure says what it said
 * when the text was passed, else what the table shows to them: a text may hold figures that have not gone up.
 */
export function asRead(
  ctx: Context,
  leaf: { organId: string },
  content: Content,
  frozen: ReadonlyMap<string, Frozen> | undefined,
  figures: Figures,
): Content {
  if (ctx.actor.organId === leaf.organId && ctx.actor.role !== "lead") return content;
  return frozen ? asFrozen(content, frozen) : followed(content, figures);
}

export type StaleFigure = {
  nodeId: string;
  blockId: string;
  indicator: string | null;
  name: string;
  frozen: string;
  now: string | null;
};

/** The figures of an approved text that have moved since, and that nobody has decided on. */
export function staleIn(
  content: Content,
  frozen: ReadonlyMap<string, Frozen> | undefined,
  figures: Figures,
): StaleFigure[] {
  if (!frozen) return [];
  return content.content.flatMap((block) =>
    bindingsOf({ type: "doc", content: [block] }).flatMap((binding): StaleFigure[] => {
      const kept = frozen.get(binding.attrs.id);
      const now = tableSays(binding, figures);
      if (!kept || (now ?? "") === kept.seen || now === kept.text) return [];
      // A row on its way through a correction says nothing; it will when it comes back.
      if (now === null && isUnderWay(binding, figures)) return [];
      const indicator = binding.type === "count" ? null : binding.attrs.indicator;
      const name = (indicator && figures.rows.get(indicator)?.row.shortName) ?? "";
      return [{ nodeId: binding.attrs.id, blockId: block.attrs.id, indicator, name, frozen: kept.text, now }];
    }),
  );
}

function isUnderWay(binding: Binding, { rows }: Figures): boolean {
  const about = binding.type === "count" ? [...rows.values()] : [rows.get(binding.attrs.indicator)];
  return about.some((row) => row !== undefined && row.sees !== "submitted");
}

/**
 * Freezes the figures of a text that is being passed, as the reviewer had them before them. Throws figures-missing when
 * one has no value yet and figures-changed when one has moved under the reviewer's eyes.
 */
export async function freezeFigures(
  tx: Transaction,
  ctx: Context,
  section: {
    id: string;
    reportId: string;
    organId: string;
    jurisdictionId: string;
    submittedRevisionId: string | null;
  },
  seen: string | undefined,
): Promise<void> {
  const [revision] = await tx
    .select({ id: revisions.id, content: revisions.content, half: reports.half })
    .from(revisions)
    .innerJoin(reports, eq(reports.id, section.reportId))
    .where(eq(revisions.id, section.submittedRevisionId ?? ""));
  if (!revision || bindingsOf(revision.content).length === 0) return;
  const figures = await readFigures(tx, ctx, section.reportId, revision.half);
  const content = followed(revision.content, figures);
  if (fingerprintOf(content) !== seen) throw new DomainError("figures-changed");
  const nodes = bindingsOf(content);
  const empty = nodes.find((node) => node.attrs.text === "");
  if (empty) {
    const code = empty.type === "count" ? "" : empty.attrs.indicator;
    throw new DomainError("figures-missing", { name: figures.rows.get(code)?.row.shortName ?? code });
  }
  await tx.insert(frozenFigures).values(
    nodes.map((node) => ({
      jurisdictionId: section.jurisdictionId,
      sectionId: section.id,
      organId: section.organId,
      revisionId: revision.id,
      nodeId: node.attrs.id,
      text: node.attrs.text,
      seen: tableSays(node, figures) ?? "",
      indicatorRevisionId:
        node.type === "count" ? null : (figures.rows.get(node.attrs.indicator)?.revision?.id ?? null),
      authorId: ctx.actor.userId,
      authorLabel: ctx.actor.label,
      createdAt: ctx.now(),
    })),
  );
}

/** The fingerprint of the figures in the text that is before the reviewers, or null when it has none. */
export async function figuresBefore(tx: Transaction, ctx: Context, sectionId: string): Promise<string | null> {
  const [row] = await tx
    .select({ content: revisions.content, reportId: reports.id, half: reports.half })
    .from(sections)
    .innerJoin(revisions, eq(revisions.id, sections.submittedRevisionId))
    .innerJoin(reports, eq(reports.id, sections.reportId))
    .where(eq(sections.id, sectionId));
  if (!row || bindingsOf(row.content).length === 0) return null;
  return fingerprintOf(followed(row.content, await readFigures(tx, ctx, row.reportId, row.half)));
}

/** Throws figures-changed when a figure of the text before the reviewers has moved since it was on this reviewer's page. */
export async function checkFigures(
  tx: Transaction,
  ctx: Context,
  sectionId: string,
  seen: string | undefined,
): Promise<void> {
  const now = await figuresBefore(tx, ctx, sectionId);
  if (now !== null && now !== seen) throw new DomainError("figures-changed");
}

/** The approved text takes the figure's present words. */
export async function acceptStale(ctx: Context, input: DecideStale): Promise<void> {
  await decide(ctx, input, "figure.accept", null);
}

/** The approved words stay although the figure has moved, for a reason that is kept. */
export async function keepStale(ctx: Context, input: KeepStale): Promise<void> {
  await decide(ctx, input, "figure.keep", input.note);
}

async function decide(
  ctx: Context,
  input: DecideStale,
  action: "figure.accept" | "figure.keep",
  note: string | null,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const section = await loadForChange(tx, input.sectionId);
    if (ctx.actor.role !== "lead") throw new DomainError("not-your-role");
    // Whoever may still send the text back: nobody who wrote or signed it.
    authorizeAt(ctx, "return", section, input.version);
    if (section.status !== "approved") throw new DomainError("stale-version");
    const stale = await staleOf(tx, ctx, section.id);
    const figure = stale.figures.find((one) => one.nodeId === input.nodeId);
    if (!figure?.now) throw new DomainError("stale-version");
    if (figure.now !== input.now) throw new DomainError("figures-changed");
    await tx.insert(frozenFigures).values({
      jurisdictionId: section.jurisdictionId,
      sectionId: section.id,
      organId: section.organId,
      revisionId: stale.revisionId,
      nodeId: input.nodeId,
      text: note === null ? figure.now : figure.frozen,
      seen: figure.now,
      indicatorRevisionId: stale.rows.get(figure.indicator ?? "")?.revision?.id ?? null,
      note,
      authorId: ctx.actor.userId,
      authorLabel: ctx.actor.label,
      createdAt: ctx.now(),
    });
    if (note !== null) await letStand(tx, ctx, section, stale, input.nodeId, note);
    await tx
      .update(sections)
      .set({ version: sql`${sections.version} + 1` })
      .where(and(eq(sections.id, section.id), eq(sections.version, section.version)));
    await record(tx, ctx, { action, subject: section.id, reportId: section.reportId });
  });
}

/** Everything stale in the approved texts of a report, with the leaf it stands in. Three queries. */
export async function staleInReport(tx: Transaction, ctx: Context, reportId: string) {
  const texts = await tx
    .select({ sectionId: sections.id, title: sections.title, revisionId: revisions.id, content: revisions.content })
    .from(sections)
    .innerJoin(revisions, eq(revisions.id, sections.approvedRevisionId))
    .where(eq(sections.reportId, reportId));
  const bound = texts.filter(({ content }) => bindingsOf(content).length > 0);
  if (bound.length === 0) return [];
  const [report] = await tx.select({ half: reports.half }).from(reports).where(eq(reports.id, reportId));
  const figures = await readFigures(tx, ctx, reportId, report?.half ?? 1);
  const frozen = await readFrozen(
    tx,
    bound.map(({ revisionId }) => revisionId),
  );
  return bound.flatMap(({ sectionId, title, revisionId, content }) =>
    staleIn(content, frozen.get(revisionId), figures).map((figure) => ({ ...figure, sectionId, title })),
  );
}

/** Words that are kept on purpose contradict the table on purpose: the note explains what the checks find in them. */
async function letStand(
  tx: Transaction,
  ctx: Context,
  section: { reportId: string; jurisdictionId: string },
  { frozenText, table, setting }: Awaited<ReturnType<typeof staleOf>>,
  nodeId: string,
  note: string,
): Promise<void> {
  const place = placeOfNode(frozenText, nodeId);
  const found = checkSection(frozenText, [...table.values()], setting).filter(
    ({ where }) =>
      place && where.in === "text" && where.block === place.block && where.from < place.to && place.from < where.to,
  );
  if (found.length === 0) return;
  await tx.insert(waivers).values(
    found.map(({ key }) => ({
      jurisdictionId: section.jurisdictionId,
      reportId: section.reportId,
      organId: ctx.actor.organId,
      key,
      explanation: note,
      authorId: ctx.actor.userId,
      authorLabel: ctx.actor.label,
      createdAt: ctx.now(),
    })),
  );
}

function placeOfNode(content: Content, nodeId: string): { block: string; from: number; to: number } | null {
  for (const block of content.content) {
    if (block.type === "table") continue;
    let from = 0;
    for (const node of block.content ?? []) {
      const to = from + inlineText(node).length;
      if (node.type !== "text" && node.attrs.id === nodeId) return { block: block.attrs.id, from, to };
      from = to;
    }
  }
  return null;
}

async function staleOf(tx: Transaction, ctx: Context, sectionId: string) {
  const [row] = await tx
    .select({
      revisionId: revisions.id,
      content: revisions.content,
      reportId: reports.id,
      half: reports.half,
      year: reports.year,
      part: partTitle,
    })
    .from(sections)
    .innerJoin(revisions, eq(revisions.id, sections.approvedRevisionId))
    .innerJoin(reports, eq(reports.id, sections.reportId))
    .where(eq(sections.id, sectionId));
  if (!row) throw new DomainError("not-found");
  const figures = await readFigures(tx, ctx, row.reportId, row.half);
  const frozen = (await readFrozen(tx, [row.revisionId])).get(row.revisionId);
  return {
    revisionId: row.revisionId,
    rows: figures.rows,
    table: figures.table,
    figures: staleIn(row.content, frozen, figures),
    frozenText: asFrozen(row.content, frozen),
    setting: { half: figures.half, year: row.year, part: row.part },
  };
}
