import { basename } from "node:path";
import { and, asc, eq, isNull } from "drizzle-orm";
import { createTranslator } from "next-intl";
import type { Database } from "../db/client";
import { inTerminalLanguage, OperatorError } from "../db/embedded/operator-error";
import { jurisdictions, memberships, organs, users } from "../db/schema";
import { IMPORT_LIMIT_MEGABYTES } from "../domain/import/import-limit";
import { ImportRefused } from "../domain/import/import-refusal";
import type { LeftOver } from "../domain/import/imported-document";
import { importReport, type OwnedNode } from "../domain/import/mutations";
import { filledEntries, ownedNodes, reportName } from "../domain/import/plan-import";
import { readEarlier } from "../domain/import/queries";
import { readDocument } from "../domain/import/read-document";
import { recogniseOutline, type ImportedOutline } from "../domain/import/recognise-outline";
import type { Actor } from "../domain/kernel/actor";
import { wallClock } from "../domain/kernel/clock";
import { DomainError } from "../domain/kernel/errors";
import { OpenReport, Slug } from "../domain/report/schema";
import { officialNumbers } from "../domain/section/official-numbers";
import { isHeading } from "../domain/section/workflow";
import { OPERATOR_LABEL } from "../domain/user/first-administrator";
import { today } from "../messages/dates";
import { loadMessages } from "../messages/load";
import { explainInputFailure, readInput } from "./read-input";
import { alignColumns } from "./table";
import { withOwner } from "./with-owner";
import { writeOutput } from "./write-output";

export type ImportRequest = {
  /** A .docx, .md or .txt. */
  file: string;
  /** The new report's slug. */
  as: string;
  name?: string;
  year?: number;
  half?: 1 | 2;
  /** Needed when there are several districts. */
  jurisdiction?: string;
  /** The code of the office that the leaves go to; the lead bureau otherwise. */
  owner?: string;
  due?: string;
};

/** `huibao import`. Throws OperatorError for whatever the person at the terminal can put right; then nothing was made. */
export async function importFile(request: ImportRequest): Promise<void> {
  const outline = await readOutline(request.file);
  const wanted = wantedReport(request, outline);
  const made = await withOwner((db) => makeReport(db, wanted, request, outline));
  await writeOutput(undefined, `${describe(request, wanted, outline, made).join("\n")}\n`);
}

/** Reads the file and finds its outline; without a database. */
export async function readOutline(file: string): Promise<ImportedOutline> {
  try {
    const bytes = await readInput(file, IMPORT_LIMIT_MEGABYTES * 1024 * 1024);
    return recogniseOutline(await readDocument(bytes));
  } catch (error) {
    const reason =
      error instanceof ImportRefused ? words()(`refused-${error.key}`, error.params) : explainInputFailure(error);
    if (reason === null) throw error;
    throw new OperatorError(inTerminalLanguage(`导入不了 ${file}：${reason}`, `Cannot import ${file}: ${reason}`));
  }
}

/** What was typed, completed from the file. Year and half are the file's own period. */
export function wantedReport(request: ImportRequest, outline: ImportedOutline): OpenReport {
  if (!Slug.safeParse(request.as).success) {
    throw new OperatorError(
      inTerminalLanguage(
        "--as 只能用英文小写字母、数字和连字符，3至62位，首尾不能是连字符。",
        "--as takes small letters, digits and hyphens, 3 to 62, and neither begins nor ends with a hyphen.",
      ),
    );
  }
  const year = request.year ?? outline.period.year;
  const half = request.half ?? outline.period.half;
  if (year === null || half === null) {
    throw new OperatorError(
      inTerminalLanguage(
        "从文件的标题里看不出是哪一年、上半年还是全年，请用 --year 和 --half 写明。",
        "The title does not say which year and half it is of: name them with --year and --half.",
      ),
    );
  }
  const name = request.name ?? reportName(outline.title, basename(request.file));
  const parsed = OpenReport.safeParse({ slug: request.as, name, year, half, dueOn: request.due ?? dueInTwoWeeks() });
  if (parsed.success) return parsed.data;
  const [zh, en] = OPTION_RULES[String(parsed.error.issues[0]?.path[0] ?? "")] ?? [
    "选项不对。",
    "An option is not valid.",
  ];
  throw new OperatorError(inTerminalLanguage(zh, en));
}

export type MadeReport = {
  nodes: (OwnedNode & { isGuessed: boolean })[];
  indicators: number;
  offices: ReadonlyMap<string, string>;
};

/** Makes the report, as the lead of the district whose command this is. Everything or nothing is written. */
export async function makeReport(
  db: Database,
  wanted: OpenReport,
  { jurisdiction, owner }: Pick<ImportRequest, "jurisdiction" | "owner">,
  outline: ImportedOutline,
): Promise<MadeReport> {
  const district = await findDistrict(db, jurisdiction);
  const actor = await findLead(db, district);
  const offices = await db
    .select()
    .from(organs)
    .where(eq(organs.jurisdictionId, district.id))
    .orderBy(asc(organs.code));
  const fallback = ownerIn(offices, owner) ?? actor.organId;
  const earlier = await readEarlier(db, district.id);
  const nodes = ownedNodes(outline.nodes, fallback, earlier);
  const entries = filledEntries(outline.figures?.rows ?? [], fallback, earlier);
  try {
    await importReport({ actor, db, now: wallClock }, wanted, nodes, entries);
  } catch (error) {
    if (!(error instanceof DomainError) || error.key !== "slug-taken") throw error;
    throw new OperatorError(
      inTerminalLanguage(
        `编号 ${wanted.slug} 已经有报告了，请用 --as 另取一个；什么也没有改动。`,
        `There is a report ${wanted.slug} already: choose another name with --as. Nothing was changed.`,
      ),
    );
  }
  const names = new Map(offices.map(({ id, shortName }) => [id, shortName]));
  return { nodes, indicators: entries.length, offices: names };
}

type Translate = ReturnType<typeof words>;
const words = () => {
  const locale = inTerminalLanguage("zh-CN", "en") === "en" ? "en" : "zh-CN";
  return createTranslator({ locale, messages: loadMessages(locale), namespace: "import" });
};

const DUE_IN_DAYS = 14;
const dueInTwoWeeks = (): string => today(new Date(Date.now() + DUE_IN_DAYS * 86_400_000));

const OPTION_RULES: Record<string, readonly [string, string]> = {
  name: ["--name 须为1至200个字。", "--name takes 1 to 200 characters."],
  year: ["--year 须为2000至2100。", "--year is from 2000 to 2100."],
  half: ["--half 须为1或2。", "--half is 1 or 2."],
  dueOn: ["--due 须为日期，例如 2024-07-19。", "--due is a date, e.g. 2024-07-19."],
};

type District = { id: string; code: string };

async function findDistrict(db: Database, code: string | undefined): Promise<District> {
  const all = await db
    .select({ id: jurisdictions.id, code: jurisdictions.code })
    .from(jurisdictions)
    .orderBy(asc(jurisdictions.code));
  const found = code === undefined ? all : all.filter((district) => district.code === code);
  const [only] = found;
  if (only && found.length === 1) return only;
  const codes = all.map((district) => district.code).join(", ");
  if (all.length === 0) {
    throw new OperatorError(
      inTerminalLanguage(
        "还没有行政区：请先用 huibao user create-admin 建立。",
        "There is no district yet: make one with huibao user create-admin.",
      ),
    );
  }
  throw new OperatorError(
    code === undefined
      ? inTerminalLanguage(
          `有几个行政区（${codes}），请用 --jurisdiction 指明。`,
          `There are several districts (${codes}): name one with --jurisdiction.`,
        )
      : inTerminalLanguage(
          `没有行政区 ${code}。现有：${codes}。`,
          `There is no district ${code}. There are: ${codes}.`,
        ),
  );
}

/** The report is the lead's, but history says that it came from the command line. */
async function findLead(db: Database, district: District): Promise<Actor> {
  const [lead] = await db
    .select({
      userId: users.id,
      membershipId: memberships.id,
      seatId: memberships.id,
      organId: organs.id,
      organKind: organs.kind,
      jurisdictionId: memberships.jurisdictionId,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .innerJoin(organs, eq(organs.id, memberships.organId))
    .where(
      and(
        eq(memberships.jurisdictionId, district.id),
        eq(memberships.role, "lead"),
        isNull(memberships.endedAt),
        isNull(users.disabledAt),
      ),
    )
    .orderBy(asc(memberships.createdAt), asc(memberships.id))
    .limit(1);
  if (lead) return { ...lead, role: "lead", label: OPERATOR_LABEL };
  throw new OperatorError(
    inTerminalLanguage(
      `行政区 ${district.code} 还没有牵头部门的综合岗账号。请管理员先在“人员”里建立，再导入。`,
      `The district ${district.code} has no account for the lead bureau's reviewer yet. Have an administrator make one, then import.`,
    ),
  );
}

type Office = typeof organs.$inferSelect;

/** Only offices that write can own a leaf. */
function ownerIn(offices: readonly Office[], code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  const writing = offices.filter(({ kind }) => kind === "department" || kind === "lead");
  const found = writing.find((office) => office.code === code);
  if (found) return found.id;
  const codes = writing.map((office) => `${office.code} ${office.shortName}`).join(inTerminalLanguage("、", ", "));
  throw new OperatorError(
    inTerminalLanguage(
      `没有编号为 ${code} 的部门。可用的有：${codes}。`,
      `No department is called ${code}. There are: ${codes}.`,
    ),
  );
}

function describe(request: ImportRequest, wanted: OpenReport, outline: ImportedOutline, made: MadeReport): string[] {
  const leaves = made.nodes.filter(({ kind }) => !isHeading(kind));
  const file = basename(request.file);
  const head = inTerminalLanguage(
    `已从 ${file} 建立报告 ${wanted.slug}：${wanted.name}（${leaves.length} 个段落，${made.indicators} 项指标，期限 ${wanted.dueOn}）`,
    `Made the report ${wanted.slug} from ${file}: ${wanted.name} (${leaves.length} parts, ${made.indicators} indicators, due ${wanted.dueOn})`,
  );
  return [
    head,
    "",
    ...outlineLines(made),
    "",
    ...leftOverLines(outline.leftOver, words()),
    "",
    ...nextSteps(wanted, made),
  ];
}

function outlineLines({ nodes, offices }: MadeReport): string[] {
  const placed = officialNumbers(nodes.map(({ parent, key, ...node }) => ({ ...node, id: key, parentId: parent })));
  return alignColumns(
    placed.map(({ kind, number, depth, title, organId, isGuessed }) => {
      const office = isHeading(kind)
        ? ""
        : `${offices.get(organId) ?? ""}${isGuessed ? inTerminalLanguage("（按往期）", " (as before)") : ""}`;
      return [`${"  ".repeat(depth)}${number}${title}`, office].filter((cell) => cell !== "");
    }),
  );
}

const SHOWN = 60;

function leftOverLines(leftOver: readonly LeftOver[], translate: Translate): string[] {
  if (leftOver.length === 0) {
    return [inTerminalLanguage("文件里的文字都有了位置。", "Every word of the file has its place.")];
  }
  return [
    inTerminalLanguage(
      `没有放进大纲的 ${leftOver.length} 处，请自行处理：`,
      `${leftOver.length} left out of the outline, for you to deal with:`,
    ),
    ...alignColumns(
      leftOver.map(({ reason, text }) => {
        const line = text.replace(/\s+/g, " ");
        return [`  ${translate(`left-${reason}`)}`, line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line];
      }),
    ),
  ];
}

function nextSteps(wanted: OpenReport, { nodes }: MadeReport): string[] {
  const isAllGuessed = nodes.every(({ kind, isGuessed }) => isHeading(kind) || isGuessed);
  return [
    inTerminalLanguage(
      `下一步：在报告页核对大纲，然后“开启下一期”；新一期的大纲与此相同，文字留空，旁边是本文件的文字。`,
      `Next: look over the outline on the report's page, then open the next period from it: the same outline, empty, with this file's text beside it.`,
    ),
    ...(isAllGuessed
      ? []
      : [
          inTerminalLanguage(
            "文件不说各段归谁写：没有往期可依的段落都归了同一个部门（--owner）。",
            "A file does not say who writes what: parts without an earlier report to go by went to one office (--owner).",
          ),
        ]),
  ];
}
