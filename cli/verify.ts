import { readFile } from "node:fs/promises";
import { and, asc, eq } from "drizzle-orm";
import type { Database } from "../db/client";
import { inTerminalLanguage, OperatorError } from "../db/embedded/operator-error";
import { editions, jurisdictions, reports } from "../db/schema";
import { printedCode, readCode } from "../domain/edition/seal";
import { type ArchiveCheck, verifyArchive } from "./verify-archive";
import { type Check, type CheckName, sealingChecks, verifyEdition } from "./verify-edition";
import { withOwner } from "./with-owner";

export type VerifyRequest = {
  /** A report's slug and a number (xiangcheng-2024-h1:1), a printed code, or an archive's file name. */
  what?: string;
  all?: boolean;
  jurisdiction?: string;
};

/**
 * `huibao verify`. Prints what was found and gives the exit code: 0 when all was compared and is as it was sealed, 1 when
 * anything is not, 3 when nothing is wrong but something could not be compared.
 */
export async function verify(request: VerifyRequest): Promise<number> {
  const { what } = request;
  if (what === undefined && !request.all) {
    throw new OperatorError(
      inTerminalLanguage(
        "请写明核对哪一号成稿（报告编号:号，例如 xiangcheng-2024-h1:1；或印出的验证码；或档案文件名），或加 --all。",
        "Say which edition (report:number, e.g. xiangcheng-2024-h1:1; the printed code; an archive's file name), or --all.",
      ),
    );
  }
  if (what !== undefined && /\.zip$/i.test(what)) return tellArchive(await readArchive(what));
  return withOwner((db) => verifyFound(db, request));
}

/** Verifies the editions that were meant, and that no sealing of theirs has lost its edition; prints, gives the exit code. */
export async function verifyFound(db: Database, request: VerifyRequest): Promise<number> {
  const { what, jurisdiction } = request;
  const found = await findEditions(db, request);
  const all: Check[] = [];
  for (const edition of found) {
    const checks = await checksOf(db, edition);
    tell(edition, checks);
    all.push(...checks);
  }
  const [named] = found;
  const lost = await sealingChecks(
    db,
    what === undefined || !named ? (jurisdiction === undefined ? {} : { jurisdiction }) : { reportId: named.reportId },
  );
  for (const check of lost) tellCheck(check);
  all.push(...lost);
  return conclude(found.length, all);
}

/** One edition that is damaged beyond reading does not keep the others from being verified. */
async function checksOf(db: Database, { id }: Found): Promise<Check[]> {
  try {
    return await verifyEdition(db, id);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [{ outcome: "wrong", what: "readable", of: id, detail }];
  }
}

function conclude(count: number, checks: readonly Check[]): number {
  const wrong = checks.filter(({ outcome }) => outcome === "wrong").length;
  const unknown = checks.filter(({ outcome }) => outcome === "unknown").length;
  const open = inTerminalLanguage(`${unknown} 处未比对`, `${unknown} things were not compared`);
  if (wrong > 0) {
    console.log(
      inTerminalLanguage(
        `核对了 ${count} 号成稿，有 ${wrong} 处不符${unknown > 0 ? `，${open}` : ""}。`,
        `${count} editions verified: ${wrong} things differ${unknown > 0 ? `, ${open}` : ""}.`,
      ),
    );
    return EXIT.wrong;
  }
  if (unknown > 0) {
    console.log(
      inTerminalLanguage(
        `核对了 ${count} 号成稿，比对过的没有不符，${open}。`,
        `${count} editions verified: nothing that was compared differs, ${open}.`,
      ),
    );
    return EXIT.unknown;
  }
  console.log(
    count === 0
      ? inTerminalLanguage(
          "还没有封存过成稿，没有可核对的。",
          "No edition has been sealed yet: there is nothing to verify.",
        )
      : inTerminalLanguage(
          `核对了 ${count} 号成稿，全部相符。`,
          `${count} editions verified: all is as it was sealed.`,
        ),
  );
  return EXIT.right;
}

const EXIT = { right: 0, wrong: 1, unknown: 3 };

export type Found = { id: string; reportId: string; slug: string; number: number; code: string };

/**
 * The editions that were meant, in order; of all, perhaps none. Throws OperatorError when there is none of that name, or
 * several.
 */
export async function findEditions(db: Database, { what, jurisdiction }: VerifyRequest): Promise<Found[]> {
  const code = what === undefined ? null : readCode(what);
  const [, slug, number] = /^(.+):([1-9]\d{0,5})$/.exec(what ?? "") ?? [];
  if (what !== undefined && slug === undefined && code === null) throw unknownName(what);
  const found = await db
    .select({
      id: editions.id,
      reportId: editions.reportId,
      slug: reports.slug,
      number: editions.number,
      code: editions.code,
    })
    .from(editions)
    .innerJoin(reports, eq(reports.id, editions.reportId))
    .innerJoin(jurisdictions, eq(jurisdictions.id, reports.jurisdictionId))
    .where(
      and(
        jurisdiction === undefined ? undefined : eq(jurisdictions.code, jurisdiction),
        what === undefined
          ? undefined
          : slug === undefined
            ? eq(editions.code, code ?? "")
            : and(eq(reports.slug, slug), eq(editions.number, Number(number))),
      ),
    )
    .orderBy(asc(jurisdictions.code), asc(reports.slug), asc(editions.number));
  if (what !== undefined && found.length === 0) throw unknownName(what);
  if (what !== undefined && found.length > 1) {
    throw new OperatorError(
      inTerminalLanguage(
        `几个行政区都有 ${what}，请用 --jurisdiction 指明。`,
        `Several districts have ${what}: name one with --jurisdiction.`,
      ),
    );
  }
  return found;
}

const unknownName = (what: string): OperatorError =>
  new OperatorError(
    inTerminalLanguage(
      `没有找到成稿 ${what}。写法：报告编号:号（xiangcheng-2024-h1:1）、印出的验证码，或档案文件名（.zip）。`,
      `There is no edition ${what}. Write report:number (xiangcheng-2024-h1:1), the printed code, or an archive's name (.zip).`,
    ),
  );

async function readArchive(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new OperatorError(inTerminalLanguage(`读不了 ${file}：${code}。`, `Cannot read ${file}: ${code}.`));
  }
}

function tell({ slug, number, code }: Found, checks: readonly Check[]): void {
  console.log(`${slug}:${number}  ${printedCode(code)}`);
  for (const check of checks) tellCheck(check);
}

function tellCheck({ outcome, what, of, detail }: Check): void {
  const [zh, en] = EDITION_WORDS[what];
  const [zhNote, enNote] = NOTES[what] ?? ["", ""];
  const note = outcome === "unknown" ? inTerminalLanguage(zhNote, enNote) : "";
  console.log(`  ${SIGNS[outcome]} ${inTerminalLanguage(zh, en)}  ${[of, note, detail].filter(Boolean).join("  ")}`);
}

const SIGNS = {
  right: inTerminalLanguage("✓ 相符", "✓ right"),
  wrong: inTerminalLanguage("✗ 不符", "✗ WRONG"),
  unknown: inTerminalLanguage("－ 未比", "- not compared"),
};

const EDITION_WORDS: Record<CheckName, readonly [string, string]> = {
  readable: ["这一行不能读作成稿", "the row cannot be read as an edition"],
  document: ["文本的 SHA-256", "SHA-256 of the text"],
  seal: ["封印（文本、记录、稿别、编号、时间、更正说明）", "seal (text, record, kind, number, time, notice)"],
  code: ["验证码", "code"],
  chain: ["与以前各号的封印相连，共几号", "chain of seals from the first edition, editions"],
  belonging: ["所属报告与行政区", "report and district"],
  audit: ["审计日志里的封存记录", "the audit log's entry of the sealing"],
  sealing: ["审计日志记有封存，成稿却不在或不同", "sealed as the audit log says, but not there or another"],
  file: ["存档文件", "stored file"],
  "made-again": ["重新制作后逐字节比对", "made again and compared byte by byte"],
  "file-missing": ["存档文件", "stored file"],
  "file-gone": ["存档文件曾经有过，现在不在", "stored file that was there and is gone"],
  content: ["文件里的文本、记录、稿别与封印", "text, record and mark in the file against the seal"],
  archive: ["存档的档案本身", "the stored archive by itself"],
  "archive-seal": ["档案里的封印是登记的封印", "the archive's seal is the registered one"],
  "in-archive": ["与档案清单所列的 SHA-256", "SHA-256 that the archive's manifest lists"],
  attachment: ["附件", "attachment"],
};

const NOTES: Partial<Record<CheckName, readonly [string, string]>> = {
  "made-again": [
    "由另一版程序或字体制作，不能逐字节比对",
    "made by another version or other fonts: cannot be compared",
  ],
  "file-missing": ["还没有制作", "not made yet"],
};

function tellArchive(zip: Uint8Array): number {
  const { manifest, checks } = verifyArchive(zip);
  if (manifest) {
    const { seal, code } = manifest;
    console.log(`${seal.name}  ${seal.report}:${seal.number}  ${printedCode(code)}`);
  }
  for (const { isRight, what, of } of checks) {
    const [zh, en] = ARCHIVE_WORDS[what];
    console.log(`  ${isRight ? SIGNS.right : SIGNS.wrong} ${inTerminalLanguage(zh, en)}  ${of}`);
  }
  const wrong = checks.filter(({ isRight }) => !isRight).length;
  console.log(
    wrong === 0
      ? inTerminalLanguage(
          "档案完好。是否系统登记的那一号，请用验证码在“验证成稿”页核对。",
          "The archive is whole. Whether it is the registered edition, the code tells at /verify.",
        )
      : inTerminalLanguage(`有 ${wrong} 处不符。`, `${wrong} things differ.`),
  );
  return wrong === 0 ? 0 : 1;
}

const ARCHIVE_WORDS: Record<ArchiveCheck["what"], readonly [string, string]> = {
  archive: ["不是档案文件，或已损坏", "no archive, or a broken one"],
  manifest: ["没有清单，或清单读不了", "no manifest, or one that cannot be read"],
  entry: ["文件", "file"],
  unlisted: ["清单里没有的文件", "a file that the manifest does not list"],
  document: ["文本的 SHA-256 与封印", "text against the seal"],
  record: ["记录的 SHA-256 与封印", "record against the seal"],
  seal: ["封印的 SHA-256", "SHA-256 of the seal"],
  code: ["验证码", "code"],
  chain: ["与以前各号的封印相连，共几号", "chain of seals from the first edition, editions"],
  mark: ["末页所印与封印", "what is printed of the edition against the seal"],
  packing: ["档案本身逐字节", "the archive itself, byte by byte"],
};
