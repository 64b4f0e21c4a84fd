import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { readDemoTable } from "../db/demo/indicators";
import { readDemoOutline } from "../db/demo/outline";
import { takeIndicator } from "../db/demo/take-indicator";
import { drafts, sections } from "../db/schema";
import { contextOf, figuresSeen, leavesOf, type Department, type District, type Leaf } from "../db/testing/factories";
import type { Content } from "../domain/section/content";
import { REAL_TEXT } from "../domain/import/report-docx.testing";
import { transact, type Context } from "../domain/kernel/context";
import { compileReport, compileUnderWay } from "../domain/report/compile-report";
import { openReport } from "../domain/report/open";
import { passSection, signSection } from "../domain/section/decisions";
import { submitSection } from "../domain/section/mutations";
import type { Role } from "../domain/kernel/roles";

const DEMO = new URL("../db/demo/", import.meta.url);

export type EmptyReport = { id: string; slug: string; path: string; leaves: Leaf[] };

/**
 * The demonstration's outline in a district of the stories: every leaf empty, its offices spread over the departments that
 * such a district has, the thirteen indicators filled in and passed.
 */
export async function theRealReportEmpty(district: District, slug: string): Promise<EmptyReport> {
  const table = readDemoTable(await readFile(new URL("2024-h1.indicators.csv", DEMO), "utf8"));
  const lead = contextOf(district.database, district.bureau.lead);
  const id = await openReport(
    lead,
    { slug, name: "2024年上半年国民经济和社会发展计划执行情况的报告", year: 2024, half: 1, dueOn: "2024-07-19" },
    readDemoOutline(REAL_TEXT).map(({ key, parent, position, kind, title, runOn, office }) => ({
      key,
      parent,
      position,
      kind,
      title,
      runOn,
      organId: district.organId[departmentOf(office)],
      previousId: null,
    })),
    table.map(({ owner, confirmer, figures: _, completionReason: __, ...entry }) => ({
      ...entry,
      aliases: [...entry.aliases],
      organId: district.organId[departmentOf(owner)],
      confirmOrganId: confirmer === null ? null : district.organId[departmentOf(confirmer)],
    })),
  );
  const as = (office: string, role: Role): Context => {
    if (role === "lead") return lead;
    const department = district[departmentOf(office)];
    return contextOf(district.database, role === "signer" ? department.signer : department.drafter);
  };
  for (const row of table) await takeIndicator(as, id, row, "approved");
  return { id, slug, path: `/reports/${slug}`, leaves: await leavesOf(district, id) };
}

/** Three departments stand for the demonstration's many; whoever confirms a figure is another than who fills it in. */
function departmentOf(office: string): Department {
  if (office === "fgj") return "bureau";
  return ["swj", "gxj", "nyncj"].includes(office) ? "commerce" : "agriculture";
}

/** Every leaf on its way, by those whose steps these are: submitted, signed, passed. What was typed is not touched. */
export async function passAll(district: District, { leaves }: EmptyReport): Promise<void> {
  const departments = [...new Set(leaves.map(({ department }) => department))];
  await Promise.all(
    departments.map(async (department) => {
      for (const leaf of leaves.filter((each) => each.department === department)) await passLeaf(district, leaf);
    }),
  );
}

async function passLeaf(district: District, leaf: Leaf): Promise<void> {
  const { database } = district;
  const sectionId = leaf.id;
  const lead = contextOf(database, district.bureau.lead);
  const { drafter, signer } = district[leaf.department];
  const [draft] = await database.owner.db.select().from(drafts).where(eq(drafts.sectionId, sectionId));
  await submitSection(contextOf(database, drafter), { sectionId, version: 1, draftVersion: draft?.version ?? 0 });
  await signSection(contextOf(database, signer), { sectionId, version: 2 });
  await passSection(lead, { sectionId, version: 3, figures: await figuresSeen(lead, leaf) });
}

/** The report as it would go to the government: what is passed, and the same of what is before the reviewers. */
export async function compiledOf(district: District, reportId: string) {
  const lead = contextOf(district.database, district.bureau.lead);
  return transact(lead, async (tx) => ({
    passed: await compileReport(tx, reportId),
    underWay: await compileUnderWay(tx, lead, reportId),
  }));
}

/** The working copies of a report by the titles of their leaves. */
export async function draftsOf(district: District, reportId: string): Promise<Map<string, Content>> {
  const rows = await district.database.owner.db
    .select({ title: sections.title, content: drafts.content })
    .from(drafts)
    .innerJoin(sections, eq(sections.id, drafts.sectionId))
    .where(eq(sections.reportId, reportId));
  return new Map(rows.map(({ title, content }) => [title, content]));
}

/** A file on the disk for as long as it is needed: a browser takes no large one from memory. */
export async function withFile(name: string, bytes: Uint8Array, work: (path: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "huibao-import-"));
  try {
    await writeFile(join(directory, name), bytes);
    await work(join(directory, name));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
