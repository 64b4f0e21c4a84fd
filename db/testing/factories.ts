import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { deliverEdition, sealEdition } from "../../domain/edition/mutations";
import type { Actor } from "../../domain/kernel/actor";
import { transact, type Context } from "../../domain/kernel/context";
import { DomainError, type RefusalKey } from "../../domain/kernel/errors";
import { wallClock, type Clock } from "../../domain/kernel/clock";
import type { OrganKind, Role } from "../../domain/kernel/roles";
import type { CatalogueEntry } from "../../domain/indicator/schema";
import { compileReport } from "../../domain/report/compile-report";
import { approveReport, sendForApproval } from "../../domain/report/mutations";
import { openReport } from "../../domain/report/open";
import type { ReportStatus } from "../../domain/report/workflow";
import type { Content } from "../../domain/section/content";
import { passSection, returnSection, signSection } from "../../domain/section/decisions";
import { saveSection, submitSection } from "../../domain/section/mutations";
import { getSection } from "../../domain/section/queries";
import { isHeading, type SectionKind, type SectionStatus } from "../../domain/section/workflow";
import { hashPassword } from "../../domain/user/password";
import { jurisdictions, memberships, organs, reports, sections, users } from "../schema";
import type { TestDatabase } from "./database";

/** The offices of a district in tests, and who holds which post there: one account for each post. */
const OFFICES = {
  agriculture: { short: "农业农村局", kind: "department", roles: ["drafter", "signer"] },
  commerce: { short: "商务局", kind: "department", roles: ["drafter", "signer"] },
  bureau: { short: "发改局", kind: "lead", roles: ["drafter", "signer", "lead"] },
  government: { short: "区政府办", kind: "government", roles: ["approver"] },
  congress: { short: "人大常委会办公室", kind: "congress", roles: ["clerk", "member"] },
  centre: { short: "信息中心", kind: "administration", roles: ["sysadmin", "secadmin", "auditor"] },
} as const satisfies Record<string, { short: string; kind: OrganKind; roles: readonly Role[] }>;

export type Office = keyof typeof OFFICES;
export type Department = "agriculture" | "commerce" | "bureau";
type Posts = { [O in Office]: { [R in (typeof OFFICES)[O]["roles"][number]]: Actor } };

export type District = Posts & {
  database: TestDatabase;
  code: string;
  jurisdictionId: string;
  organId: Record<Office, string>;
};

/** The password of every account that the factories make. */
export const PASSWORD = "Ceshi-2024";
const passwordHash = hashPassword(PASSWORD);

/** A district with its offices and accounts. Logins are `<code>-<office>-<role>`. */
export async function aDistrict(database: TestDatabase, code = aName("district")): Promise<District> {
  const { db } = database.owner;
  const [district] = await db
    .insert(jurisdictions)
    .values({ code, name: `${code}区` })
    .returning();
  if (!district) throw new Error("no district was written");
  const organId: Partial<Record<Office, string>> = {};
  const posts: Partial<Record<Office, Partial<Record<Role, Actor>>>> = {};
  for (const office of Object.keys(OFFICES) as Office[]) {
    const { short, kind, roles } = OFFICES[office];
    const [organ] = await db
      .insert(organs)
      .values({ jurisdictionId: district.id, code: office, name: `${code}区${short}`, shortName: short, kind })
      .returning();
    if (!organ) throw new Error("no organ was written");
    organId[office] = organ.id;
    const held: Partial<Record<Role, Actor>> = (posts[office] = {});
    for (const role of roles) {
      held[role] = await aPerson(
        database,
        { jurisdictionId: district.id, organId: organ.id, organKind: kind, role },
        `${code}-${office}-${role}`,
      );
    }
  }
  return { database, code, jurisdictionId: district.id, organId, ...posts } as District;
}

/** One more person in a post of the district. */
export async function aColleague(district: District, office: Office, role: Role): Promise<Actor> {
  const post = {
    jurisdictionId: district.jurisdictionId,
    organId: district.organId[office],
    organKind: OFFICES[office].kind,
    role,
  };
  return aPerson(district.database, post, aName(`${district.code}-${office}-${role}`));
}

/** The same person in one more post: who they are stays, the membership is another. */
export async function alsoHolds(district: District, person: Actor, office: Office, role: Role): Promise<Actor> {
  const post = {
    jurisdictionId: district.jurisdictionId,
    organId: district.organId[office],
    organKind: OFFICES[office].kind,
    role,
  };
  return appoint(district.database, person.userId, post);
}

type Post = Pick<Actor, "jurisdictionId" | "organId" | "organKind" | "role">;

async function aPerson(database: TestDatabase, post: Post, login: string): Promise<Actor> {
  const [user] = await database.owner.db
    .insert(users)
    .values({ jurisdictionId: post.jurisdictionId, login, name: login, passwordHash: await passwordHash })
    .returning({ id: users.id });
  if (!user) throw new Error("no account was written");
  return appoint(database, user.id, post);
}

async function appoint(database: TestDatabase, userId: string, post: Post): Promise<Actor> {
  const { jurisdictionId, organId, role } = post;
  const [membership] = await database.owner.db
    .insert(memberships)
    .values({ jurisdictionId, userId, organId, role })
    .returning({ id: memberships.id });
  if (!membership) throw new Error("no membership was written");
  return { ...post, userId, membershipId: membership.id, seatId: membership.id, label: `${post.organKind} ${role}` };
}

/** What every domain function takes first: this person, as the application connects. */
export function contextOf(database: TestDatabase, actor: Actor, now: Clock = wallClock): Context {
  return { actor, db: database.app.db, now };
}

export type LeafPlan = { department: Department; kind?: SectionKind; title?: string; runOn?: boolean };
export type Leaf = { id: string; reportId: string; department: Department; kind: SectionKind; title: string };
export type TestReport = { id: string; slug: string; leaves: Leaf[] };

/** Titles stand before the one part of these reports, annexes after it; nobody has as many leaves. */
const PART_POSITION = 100;

export type ReportPlan = {
  leaves?: readonly LeafPlan[];
  slug?: string;
  year?: number;
  half?: 1 | 2;
  /** With one, the report ends in the annex that is compiled from it. */
  catalogue?: readonly CatalogueEntry[];
  /** The template of its route; the usual one without. */
  routeId?: string;
};

/** A report open for collection under one part; every leaf is empty. */
export async function aReport(district: District, plan: ReportPlan = {}): Promise<TestReport> {
  const { leaves = [{ department: "agriculture" }], slug = aName("report"), year = 2024, half = 1 } = plan;
  const period = half === 1 ? `${year}年上半年` : `${year}年`;
  const { catalogue = [], routeId } = plan;
  const part = {
    key: "part",
    parent: null,
    position: PART_POSITION,
    kind: "part" as const,
    title: `${period}计划执行情况`,
    runOn: false,
  };
  const nodes = leaves.map(
    ({ kind = "text", department, title = OFFICES[department].short, runOn = false }, index) => ({
      key: `leaf-${index}`,
      parent: isOutside(kind) ? null : "part",
      position: kind === "annex" ? PART_POSITION + index + 1 : index + 1,
      kind,
      title,
      runOn,
      organId: district.organId[department],
      previousId: null,
    }),
  );
  const table = {
    ...part,
    key: "table",
    position: PART_POSITION + leaves.length + 1,
    kind: "indicators" as const,
    title: `${period}主要经济指标完成情况表`,
  };
  const headings = (catalogue.length > 0 ? [part, table] : [part]).map((heading) => ({
    ...heading,
    organId: district.organId.bureau,
    previousId: null,
  }));
  const id = await openReport(
    contextOf(district.database, district.bureau.lead),
    { slug, name: `${period}报告`, year, half, dueOn: `${year}-07-19`, routeId },
    [...headings, ...nodes],
    catalogue,
  );
  return { id, slug, leaves: await leavesOf(district, id) };
}

/** A report's leaves in the order of the outline. */
export async function leavesOf(district: District, reportId: string): Promise<Leaf[]> {
  const rows = await district.database.owner.db.select().from(sections).where(eq(sections.reportId, reportId));
  return rows
    .filter((row) => !isHeading(row.kind))
    .toSorted((a, b) => place(a) - place(b))
    .map((row) => ({
      id: row.id,
      reportId,
      department: departmentOf(district, row.organId),
      kind: row.kind,
      title: row.title,
    }));
}

export type LeafInState = Leaf & { status: SectionStatus; version: number; draftVersion: number; blockId: string };

/** A leaf of a new report, taken to its state by the people whose steps these are. */
export async function aSection(
  district: District,
  plan: { department?: Department; status?: SectionStatus; text?: string } = {},
): Promise<LeafInState> {
  const report = await aReport(district, { leaves: [{ department: plan.department ?? "agriculture" }] });
  const [leaf] = report.leaves;
  if (!leaf) throw new Error("the report has no leaf");
  return takeLeaf(district, leaf, plan.status ?? "drafting", plan.text);
}

/** Takes an untouched leaf along the route through the domain's own mutations. "drafting" has been saved once. */
export async function takeLeaf(
  district: District,
  leaf: Leaf,
  status: SectionStatus,
  text: string | Content = `${leaf.title}：完成年度计划的51.40%。`,
): Promise<LeafInState> {
  const { database } = district;
  const sectionId = leaf.id;
  const drafter = contextOf(database, district[leaf.department].drafter);
  const lead = contextOf(database, district.bureau.lead);
  const content = typeof text !== "string" ? text : leaf.kind === "annex" ? aTable(text) : aText(text);
  const at = (version: number): LeafInState => ({
    ...leaf,
    status,
    version,
    draftVersion: 1,
    blockId: blockIdOf(content),
  });
  await saveSection(drafter, { sectionId, version: 0, content, keep: false });
  if (status === "drafting") return at(1);
  await submitSection(drafter, { sectionId, version: 1, draftVersion: 1 });
  if (status === "signing") return at(2);
  await signSection(contextOf(database, district[leaf.department].signer), { sectionId, version: 2 });
  if (status === "reviewing") return at(3);
  if (status === "approved") await passSection(lead, { sectionId, version: 3, figures: await figuresSeen(lead, leaf) });
  else
    await returnSection(lead, {
      sectionId,
      version: 3,
      reasons: [{ blockId: blockIdOf(content), text: "请核对口径。" }],
    });
  return at(4);
}

/** What a reviewer's page sends along when a text is passed: the figures as they stood on it. */
export async function figuresSeen(ctx: Context, leaf: { id: string; reportId: string }): Promise<string | undefined> {
  const page = await transact(ctx, async (tx) => {
    const [report] = await tx.select({ slug: reports.slug }).from(reports).where(eq(reports.id, leaf.reportId));
    return getSection(tx, ctx, report?.slug ?? "", leaf.id);
  });
  return page.figuresSeen ?? undefined;
}

export type ReportInState = Omit<TestReport, "leaves"> & {
  status: ReportStatus;
  version: number;
  leaves: LeafInState[];
  documentHash: string;
  editionId: string;
};

/** A report in its state, its leaves approved. `documentHash` and `editionId` are "" where there is none yet. */
export async function aReportIn(
  district: District,
  status: ReportStatus,
  plan: ReportPlan = {},
): Promise<ReportInState> {
  const report = await aReport(district, plan);
  const leaves: LeafInState[] = [];
  for (const leaf of report.leaves) leaves.push(await takeLeaf(district, leaf, "approved"));
  const lead = contextOf(district.database, district.bureau.lead);
  const at = (version: number, documentHash = "", editionId = "") => ({
    ...report,
    leaves,
    status,
    version,
    documentHash,
    editionId,
  });
  if (status === "collecting") return at(1);
  await sendForApproval(lead, { reportId: report.id, version: 1 });
  const { hash } = await transact(lead, (tx) => compileReport(tx, report.id));
  if (status === "approving") return at(2, hash);
  await approveReport(contextOf(district.database, district.government.approver), {
    reportId: report.id,
    version: 2,
    documentHash: hash,
  });
  if (status === "approved") return at(3, hash);
  const edition = await sealEdition(lead, { reportId: report.id, version: 3, kind: "meeting" });
  await deliverEdition(lead, { editionId: edition.id });
  return at(5, hash, edition.id);
}

/** The refusal that a promise ends in, or null when it ends well. What is no refusal is thrown on. */
export async function refusalOf(attempt: Promise<unknown>): Promise<RefusalKey | null> {
  try {
    await attempt;
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.key;
    throw error;
  }
}

export const BLOCK_ID = "block-01";

export const aText = (text: string): Content => ({
  type: "doc",
  content: [{ type: "paragraph", attrs: { id: BLOCK_ID }, ...(text ? { content: [{ type: "text", text }] } : {}) }],
});

function aTable(text: string): Content {
  const row = (type: "tableHeader" | "tableCell", words: string[]) => ({
    type: "tableRow" as const,
    content: words.map((one) => cell(type, one)),
  });
  return {
    type: "doc",
    content: [
      {
        type: "table",
        attrs: { id: BLOCK_ID },
        content: [row("tableHeader", ["序号", "指标"]), row("tableCell", ["1", text])],
      },
    ],
  };
}

const blockIdOf = (content: Content): string => content.content[0]?.attrs.id ?? "";

const cell = (type: "tableHeader" | "tableCell", words: string) => ({
  type,
  content: [{ type: "paragraph" as const, content: [{ type: "text" as const, text: words }] }],
});

const place = ({ kind, position }: { kind: SectionKind; position: number }) =>
  kind === "annex" ? position - PART_POSITION : position;

/** Not under the part. */
const isOutside = (kind: SectionKind): boolean =>
  ["title", "delivery", "speaker", "salutation", "annex"].includes(kind);

function departmentOf(district: District, organId: string): Department {
  const departments: Department[] = ["agriculture", "commerce", "bureau"];
  const found = departments.find((department) => district.organId[department] === organId);
  if (!found) throw new Error("the leaf belongs to no department of this district");
  return found;
}

/** Unique over the server, ascii, lower case: good for codes, slugs and logins. */
const aName = (stem: string): string => `${stem}-${randomBytes(4).toString("hex")}`;
