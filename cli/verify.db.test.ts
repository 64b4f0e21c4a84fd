import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fileRowHash } from "../domain/export/file-row";
import { editionFiles } from "../db/schema";
import { testDatabase, type TestDatabase } from "../db/testing/database";
import { aDistrict, aReport, type District } from "../db/testing/factories";
import { aSealedEdition } from "../db/testing/sealed";
import { OperatorError } from "../db/embedded/operator-error";
import { runMakeFile } from "../jobs/make-file";
import { aSmallReport } from "../render/small-report";
import { findEditions, verify, verifyFound } from "./verify";
import { verifyArchive } from "./verify-archive";
import { verifyEdition } from "./verify-edition";

let database: TestDatabase;
let district: District;
let first: Awaited<ReturnType<typeof aSealedEdition>>;
let second: Awaited<ReturnType<typeof aSealedEdition>>;

beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
  first = await aSealedEdition(district, {
    attached: [{ name: "快报.pdf", mediaType: "application/pdf", bytes: Buffer.from("%PDF-1.7\n%%EOF") }],
    record: { missing: [{ kind: "leaf", section: "s", title: "抓工业", department: "工信局" }] },
  });
  const text = aSmallReport();
  second = await aSealedEdition(district, {
    reportId: first.reportId,
    document: { ...text, annexes: [] },
    record: {
      approvals: [
        {
          kind: "whole",
          of: "r",
          title: "报告",
          department: "",
          number: null,
          verdict: "approve",
          step: "审定",
          by: "区政府办",
          at: "2024-07-30T02:00:00.000Z",
        },
      ],
    },
  });
  for (const { id } of [first, second]) await runMakeFile(database.worker.db, { edition: id, format: "zip" });
});
afterAll(() => database.close());

const wrongOf = async (id: string) =>
  (await verifyEdition(database.owner.db, id)).filter(({ outcome }) => outcome !== "right").map(({ what }) => what);

describe("an edition as it was sealed", () => {
  it("is right in everything: text, seal, chain, log, every file made again, every attachment", async () => {
    expect(await wrongOf(first.id)).toEqual([]);
    expect(await wrongOf(second.id)).toEqual([]);
    const looked = (await verifyEdition(database.owner.db, first.id)).map(({ what, of }) => `${what} ${of}`);
    for (const format of ["pdf", "docx", "html", "md", "txt", "json", "zip"]) {
      expect(looked).toContain(`file ${format}`);
      expect(looked).toContain(`made-again ${format}`);
    }
    expect(looked).toContain("attachment 快报.pdf");
  });

  it("is found by report and number, by its printed code as it is typed, or with all others", async () => {
    const { db } = database.owner;
    const [edition] = await findEditions(db, { what: `${first.slug}:1` });
    expect(edition?.id).toBe(first.id);
    const typed = ` ${edition?.code.slice(0, 5).toLowerCase()}-${edition?.code.slice(5)}`;
    expect((await findEditions(db, { what: typed })).map(({ id }) => id)).toEqual([first.id]);
    expect((await findEditions(db, { all: true })).map(({ number }) => number)).toEqual([1, 2]);
    await expect(findEditions(db, { what: `${first.slug}:9` })).rejects.toThrow(OperatorError);
    await expect(findEditions(db, { what: "?" })).rejects.toThrow(OperatorError);
    await expect(verify({})).rejects.toThrow(OperatorError);
  });

  it("that another program made is not said to be wrong, only that it cannot be made again here", async () => {
    const checks = await whileChanged(
      "update edition_files set maker = 'huibao-0', row_sha256 = row_sha256 where format = 'md'",
      () => verifyEdition(database.owner.db, first.id),
    );
    // The row's own hash tells that its maker was put in afterwards.
    expect(checks.filter(({ of, outcome }) => of === "md" && outcome !== "right").map(({ what }) => what)).toEqual([
      "file",
      "made-again",
    ]);
  });
});

describe("one changed byte", () => {
  /** What belongs in each column instead, as SQL; a column without an entry fails the test. */
  const other = {
    editions: async () => {
      const elsewhere = await aDistrict(database);
      const report = await aReport(district);
      const lead = district.bureau.signer.userId;
      return {
        jurisdiction_id: `'${elsewhere.jurisdictionId}'`,
        report_id: `'${report.id}'`,
        number: "number + 7",
        kind: "'public'",
        name: "name || '。'",
        document: "jsonb_set(document, '{blocks,0,spans,0,text}', '\"关于某区计划执行情况的报吿\"')",
        sha256: FLIPPED("sha256"),
        record: "jsonb_set(record, '{schema}', '\"huibao.record/2\"')",
        seal_sha256: FLIPPED("seal_sha256"),
        code: "'0000000000'",
        origin: "origin || 'a'",
        supersedes_id: `'${first.id}', notice = 'x'`,
        notice: "'更正'",
        exception: "'例外'",
        sealed_by: `'${lead}'`,
        sealed_label: "sealed_label || '。'",
        sealed_at: "sealed_at + interval '1 millisecond'",
      } satisfies Record<string, string>;
    },
    edition_files: async () => {
      const elsewhere = await aDistrict(database);
      return {
        jurisdiction_id: `'${elsewhere.jurisdictionId}'`,
        sha256: FLIPPED("sha256"),
        size: "size + 1",
        bytes: "set_byte(bytes, size / 2, get_byte(bytes, size / 2) # 1)",
        maker: "maker || 'a'",
        made_at: "made_at + interval '1 second'",
        row_sha256: FLIPPED("row_sha256"),
      };
    },
    evidence: async () => {
      const elsewhere = await aDistrict(database);
      return {
        jurisdiction_id: `'${elsewhere.jurisdictionId}'`,
        size: "size + 1",
        sha256: FLIPPED("sha256"),
        bytes: "set_byte(bytes, 3, get_byte(bytes, 3) # 1)",
      };
    },
  };
  /** What is no part of an edition: a key that everything hangs on, or of evidence where it lies and how it is called. */
  const aside: Record<keyof typeof other, readonly string[]> = {
    editions: ["id"],
    edition_files: ["edition_id", "format"],
    evidence: [
      "id",
      "indicator_id",
      "section_id",
      "field",
      "name",
      "media_type",
      "author_id",
      "author_label",
      "created_at",
      "removed_at",
    ],
  };

  it.each(["editions", "edition_files", "evidence"] as const)("in any column of %s is found", async (table) => {
    const changes: Record<string, string> = await other[table]();
    const columns = await database.owner.sql<{ name: string }[]>`
      select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`;
    const unknown = columns
      .map(({ name }) => name)
      .filter((name) => !(name in changes) && !aside[table].includes(name));
    expect(unknown).toEqual([]);
    const edition = table === "editions" ? second : first;
    const where =
      table === "editions"
        ? `id = '${edition.id}'`
        : table === "edition_files"
          ? `edition_id = '${edition.id}'`
          : "true";
    for (const [column, value] of Object.entries(changes)) {
      const wrong = await whileChanged(`update ${table} set ${column} = ${value} where ${where}`, async () => {
        const checks = await verifyEdition(database.owner.db, edition.id);
        return checks.filter(({ outcome }) => outcome === "wrong");
      });
      expect(wrong.length, column).toBeGreaterThan(0);
      // In every file of the edition, not only in one of them.
      if (table === "edition_files")
        expect(
          wrong.filter(({ what }) => what === "file"),
          column,
        ).toHaveLength(7);
    }
    expect(await wrongOf(edition.id)).toEqual([]);
  });

  it("of an earlier edition breaks the chain of the later", async () => {
    const wrong = await whileChanged(`update editions set exception = 'x' where id = '${first.id}'`, () =>
      wrongOf(second.id),
    );
    expect(wrong).toEqual(["chain", "made-again"]);
    const gone = await whileChanged(`delete from audit_entries where subject_id = '${second.id}'`, () =>
      wrongOf(second.id),
    );
    expect(gone).toEqual(["audit"]);
  });
});

/** Exit code and last line of `huibao verify`, and which checks did not come out right. */
async function verified(what?: string) {
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  try {
    const code = await verifyFound(database.owner.db, what === undefined ? { all: true } : { what });
    return { code, lines, said: lines.at(-1) ?? "" };
  } finally {
    log.mockRestore();
  }
}
const ALL_RIGHT = /全部相符|all is as it was sealed/;
const NOT_COMPARED = /(\d+) (?:处未比对|things were not compared)/;

describe("what `huibao verify` ends with", () => {
  it("is 0 and “all” when everything was compared", async () => {
    const { code, said } = await verified();
    expect([code, ALL_RIGHT.test(said)]).toEqual([0, true]);
  });

  it("is 3 and never “all” while an edition's files have not been made", async () => {
    const { code, said } = await whileChanged(`delete from edition_files where edition_id = '${first.id}'`, () =>
      verified(`${first.slug}:1`),
    );
    expect([code, ALL_RIGHT.test(said), NOT_COMPARED.exec(said)?.[1]]).toEqual([3, false, "7"]);
  });

  it("is 1 when a file is gone that somebody was given", async () => {
    const { code } = await whileChanged(
      `with gone as (delete from edition_files where edition_id = '${first.id}')
       insert into audit_entries (jurisdiction_id, at, user_id, actor_label, action, subject_type, subject_id, report_id, detail)
       select jurisdiction_id, at, user_id, actor_label, 'edition.download', 'edition', subject_id, report_id, '{"format":"pdf"}'::jsonb
         from audit_entries where subject_id = '${first.id}' and action = 'edition.seal'`,
      async () => {
        const checks = await verifyEdition(database.owner.db, first.id);
        expect(checks.filter(({ outcome }) => outcome === "wrong")).toEqual([
          { outcome: "wrong", what: "file-gone", of: "pdf" },
        ]);
        return verified(`${first.slug}:1`);
      },
    );
    expect(code).toBe(1);
  });

  it("is 1 when a file is gone and the archive that was made of it lies", async () => {
    const gone = `delete from edition_files where edition_id = '${first.id}' and format = 'docx'`;
    expect(await whileChanged(gone, () => wrongOf(first.id))).toEqual(["file-gone"]);
  });

  it("is 0 on an installation without an edition, which it says", async () => {
    const empty = await whileChanged(
      "with entries as (delete from audit_entries), files as (delete from edition_files) delete from editions",
      () => verified(),
    );
    expect(empty.code).toBe(0);
    expect(empty.said).toMatch(/还没有封存过|No edition has been sealed/);
    expect(empty.said).not.toMatch(ALL_RIGHT);
  });

  it("is 1 when the end of a chain was cut off, and when nothing of it was left", async () => {
    expect((await verified(`${first.slug}:1`)).code).toBe(0);
    const cut = await whileChanged(
      `with files as (delete from edition_files where edition_id = '${second.id}') delete from editions where id = '${second.id}'`,
      async () => [await verified(`${first.slug}:1`), await verified()],
    );
    for (const { code, lines } of cut) {
      expect(code).toBe(1);
      expect(lines.join("\n")).toContain(`${first.slug}:2`);
    }
    expect(
      (await whileChanged("with files as (delete from edition_files) delete from editions", () => verified())).code,
    ).toBe(1);
  });

  it.each([
    ["record = '{}'", ["seal", "file", "attachment"]],
    ["record = 'null'", ["seal", "file", "attachment"]],
    ["document = '{}'", ["document", "seal", "belonging", "file"]],
    ["document = 'null'", ["document", "seal", "belonging", "file"]],
    ["document = '[1]'", ["document", "seal", "belonging", "file"]],
  ])("is 1 for a damaged row (%s), and the other editions are verified all the same", async (change, wrong) => {
    const { code, lines } = await whileChanged(`update editions set ${change} where id = '${first.id}'`, async () => {
      const found = (await verifyEdition(database.owner.db, first.id)).filter(({ outcome }) => outcome === "wrong");
      for (const what of wrong)
        expect(
          found.some((one) => one.what === what || (what === "file" && ["made-again", "content"].includes(one.what))),
          what,
        ).toBe(true);
      return verified();
    });
    expect(code).toBe(1);
    expect(lines.some((line) => line.startsWith(`${first.slug}:2`))).toBe(true);
  });
});

describe("a file that was put in another's place, with hashes of its own that agree, by “another program”", () => {
  const fileOf = async (id: string, format: string) => {
    const files = await database.owner.db.select().from(editionFiles);
    const file = files.find((one) => one.editionId === id && one.format === format);
    if (!file) throw new Error("no file");
    return file;
  };
  const forged = async (format: string, change: (bytes: Buffer) => Buffer) => {
    const { bytes, editionId, jurisdictionId, madeAt } = await fileOf(first.id, format);
    const other = change(Buffer.from(bytes));
    const sha256 = createHash("sha256").update(other).digest("hex");
    const said = { editionId, format, jurisdictionId, madeAt, sha256, size: other.length, maker: "huibao-another" };
    return `update edition_files
      set bytes = '\\x${other.toString("hex")}', sha256 = '${sha256}', size = ${other.length}, maker = '${said.maker}',
          row_sha256 = '${fileRowHash(said)}'
      where edition_id = '${first.id}' and format = '${format}'`;
  };
  const wrongWhile = (statement: string) =>
    whileChanged(statement, async () => {
      const checks = await verifyEdition(database.owner.db, first.id);
      return checks.filter(({ outcome }) => outcome === "wrong").map(({ what, of }) => `${what} ${of}`);
    });

  it.each(["pdf", "docx", "html", "md", "txt"])("is found by the archive's manifest: %s", async (format) => {
    const statement = await forged(format, (bytes) => Buffer.concat([bytes, Buffer.from(" ")]));
    // The archive, packed again of the files as they lie, is another one too.
    expect(await wrongWhile(statement)).toEqual([`in-archive ${format}`, "made-again zip"]);
    expect((await whileChanged(statement, () => verified())).code).toBe(1);
  });

  it("is found by what it says: the JSON, with or without an archive", async () => {
    const statement = await forged("json", (bytes) => Buffer.from(bytes.toString("utf8").replace("计划", "规划")));
    expect(await wrongWhile(statement)).toEqual(["content json", "in-archive json", "made-again zip"]);
    const alone = `with gone as (delete from edition_files where edition_id = '${first.id}' and format = 'zip') ${statement}`;
    expect(await wrongWhile(alone)).toEqual(["content json"]);
  });

  it("is found by its seal: the archive of another edition, or one that is none", async () => {
    const of = await fileOf(second.id, "zip");
    const another = await wrongWhile(await forged("zip", () => Buffer.from(of.bytes)));
    expect(another).toContain("archive-seal zip");
    expect(another).toContain("in-archive pdf");
    expect(await wrongWhile(await forged("zip", (bytes) => bytes.subarray(0, 99)))).toContain("archive zip");
  });

  it("and of the right bytes leaves it at “not compared”: 3", async () => {
    const { code, said } = await whileChanged(await forged("pdf", (bytes) => bytes), () => verified());
    expect([code, NOT_COMPARED.exec(said)?.[1]]).toEqual([3, "1"]);
  });
});

describe("a downloaded archive", () => {
  const zipOf = async (id: string) => {
    const files = await database.owner.db.select().from(editionFiles);
    const bytes = files.find((file) => file.editionId === id && file.format === "zip")?.bytes;
    if (!bytes) throw new Error("no archive");
    return new Uint8Array(bytes);
  };
  const wrongIn = (zip: Uint8Array) => verifyArchive(zip).checks.filter(({ isRight }) => !isRight);

  it("is verified by itself, with the seals of the editions before", async () => {
    for (const { id } of [first, second]) expect(wrongIn(await zipOf(id))).toEqual([]);
    expect(verifyArchive(await zipOf(second.id)).manifest?.chain.map(({ seal }) => seal.number)).toEqual([1]);
  });

  it("with one byte changed anywhere is found out", async () => {
    const zip = await zipOf(first.id);
    const step = Math.ceil(zip.length / 97);
    for (let at = 0; at < zip.length; at += step) {
      const changed = zip.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(wrongIn(changed).length, `byte ${at}`).toBeGreaterThan(0);
    }
    expect(wrongIn(zip.slice(0, -1))).not.toEqual([]);
    expect(wrongIn(new Uint8Array())).not.toEqual([]);
  });
});

const FLIPPED = (column: string) =>
  `overlay(${column} placing (case left(${column}, 1) when '0' then '1' else '0' end) from 1 for 1)`;

/** As the owner, past every grant; put back afterwards. */
async function whileChanged<T>(statement: string, look: () => Promise<T>): Promise<T> {
  const { sql } = database.owner;
  const tables = ["editions", "edition_files", "evidence", "audit_entries"];
  for (const table of tables) await sql.unsafe(`create table kept_${table} as table ${table}`);
  try {
    const { count } = await sql.unsafe(statement);
    if (!count) throw new Error("nothing was changed");
    return await look();
  } finally {
    await sql.begin(async (tx) => {
      await tx.unsafe("set local session_replication_role = replica");
      for (const table of tables) {
        await tx.unsafe(`delete from ${table}`);
        await tx.unsafe(`insert into ${table} select * from kept_${table}`);
        await tx.unsafe(`drop table kept_${table}`);
      }
    });
  }
}
