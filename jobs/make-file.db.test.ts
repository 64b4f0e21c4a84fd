import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editionFiles, exportRequests } from "../db/schema";
import { testDatabase, type TestDatabase } from "../db/testing/database";
import { aDistrict, aReport, contextOf, type District, refusalOf, takeLeaf } from "../db/testing/factories";
import { aSealedEdition } from "../db/testing/sealed";
import { askForExport } from "../domain/export/mutations";
import {
  readEditionFile,
  readExport,
  readExportFile,
  readPreviewPage,
  wantEditionFile,
} from "../domain/export/queries";
import { clearExports } from "../domain/export/work";
import { transact } from "../domain/kernel/context";
import { realDocument } from "../domain/report/real-document.testing";
import { FORMATS } from "../render/formats";
import { aSmallReport, aSpan } from "../render/small-report";
import { runMakeFile } from "./make-file";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

const lead = () => contextOf(database, district.bureau.lead);

type Job = { key: string; payload: object; priority: number; queue: string };
const jobsOf = (id: string) => database.owner.sql<Job[]>`
  select j.key, j.payload, j.priority, q.queue_name as queue
    from graphile_worker._private_jobs j join graphile_worker._private_job_queues q on q.id = j.job_queue_id
   where j.key like ${`%${id}%`} order by j.priority, j.key`;

describe("the files of a sealed edition", () => {
  it("are queued by the sealing itself, archives last; without a table there is no workbook", async () => {
    const plain = await aSealedEdition(district);
    const jobs = await jobsOf(plain.id);
    expect(jobs.map(({ key, priority }) => [key.split("-").at(-1), priority])).toEqual([
      ...["docx", "html", "json", "md", "pdf", "txt"].map((format) => [format, 20]),
      ["zip", 30],
    ]);
    expect(new Set(jobs.map(({ queue }) => queue))).toEqual(new Set(["render"]));
    const real = await aSealedEdition(district, { document: realDocument() });
    expect((await jobsOf(real.id)).map(({ key }) => key.split("-").at(-1))).toContain("xlsx");
  });

  it("are made by the worker's own login, kept once, and hold what the renderers give", async () => {
    const bytes = Buffer.from("%PDF-1.7\n%%EOF");
    const edition = await aSealedEdition(district, {
      document: realDocument(),
      attached: [{ name: "快报/../1.pdf", mediaType: "application/pdf", bytes }],
    });
    await runMakeFile(database.worker.db, { edition: edition.id, format: "zip" });
    await runMakeFile(database.worker.db, { edition: edition.id, format: "md" });
    const files = await database.owner.db.select().from(editionFiles);
    expect(files.map(({ format }) => format).toSorted()).toEqual(
      ["docx", "html", "json", "md", "pdf", "txt", "xlsx", "zip"].toSorted(),
    );
    for (const file of files) {
      expect(createHash("sha256").update(file.bytes).digest("hex"), file.format).toBe(file.sha256);
      expect(file.size).toBe(file.bytes.length);
    }
    const archive = unzipSync(files.find(({ format }) => format === "zip")?.bytes ?? new Uint8Array());
    const attached = Object.keys(archive).filter((path) => path.startsWith("附件/0"));
    expect(attached).toEqual(["附件/001-快报_.._1.pdf"]);
    expect(Buffer.from(archive[attached[0] ?? ""] ?? []).equals(bytes)).toBe(true);

    const read = await readEditionFile(lead(), edition.id, "md", null);
    if (read.state !== "there") throw new Error("the file is not there");
    const { slug } = edition;
    const text = realDocument();
    const document = { ...text, report: { ...text.report, slug, jurisdiction: `${district.code}区` } };
    expect(Buffer.from(read.bytes ?? []).toString()).toBe(Buffer.from(await FORMATS.md.make({ document })).toString());
    expect(await readEditionFile(lead(), edition.id, "md", read.sha256)).toMatchObject({ bytes: null });
  });

  it("of an edition sealed before there were any are queued by whoever wants one, ahead of the rest", async () => {
    const edition = await aSealedEdition(district);
    await database.owner.sql`delete from graphile_worker._private_jobs`;
    expect(await readEditionFile(lead(), edition.id, "pdf", null)).toEqual({
      state: "waiting",
      place: null,
      failure: null,
    });
    await wantEditionFile(lead(), edition.id, "pdf");
    expect((await jobsOf(edition.id)).map(({ priority }) => priority)).toEqual([10]);
    expect(await readEditionFile(lead(), edition.id, "pdf", null)).toMatchObject({ state: "waiting", place: 0 });
    await wantEditionFile(contextOf(database, district.congress.member), edition.id, "txt");
    expect(await jobsOf(edition.id)).toHaveLength(1);
    const member = contextOf(database, district.congress.member);
    expect(await refusalOf(readEditionFile(member, edition.id, "pdf", null))).toBe("not-found");
    expect(await refusalOf(readEditionFile(lead(), edition.id, "xlsx", null))).toBe("no-table");
  });

  it("say what could not be printed, from the queue's own memory", async () => {
    const edition = await aSealedEdition(district, { document: unprintable() });
    const failure = await runMakeFile(database.worker.db, { edition: edition.id, format: "pdf" }).then(
      () => null,
      (error: Error) => error,
    );
    expect(failure?.message).toMatch(/^render-refused \{"key":"characters-missing"/);
    await database.owner.sql`
      update graphile_worker._private_jobs set last_error = ${failure?.message ?? ""}, attempts = 1 where key = ${`edition-${edition.id}-pdf`}`;
    const state = await readEditionFile(lead(), edition.id, "pdf", null);
    expect(state).toMatchObject({ state: "waiting", failure: { key: "characters-missing" } });
  });
});

describe("what somebody asks for", () => {
  it("is made once, told step by step, and removed after a week", async () => {
    const slug = await aDraft();
    const asked = await askForExport(lead(), { source: "draft", report: slug, format: "pdf" });
    expect(asked.status).toBe("queued");
    expect(await askForExport(lead(), { source: "draft", report: slug, format: "pdf" })).toEqual(asked);
    expect(await transact(lead(), (tx) => readExport(tx, asked.id))).toMatchObject({ status: "queued", step: 0 });
    await runMakeFile(database.worker.db, { export: asked.id });
    const done = await transact(lead(), (tx) => readExport(tx, asked.id));
    expect(done).toMatchObject({ status: "done", step: 3, steps: 3, refusal: null });
    const file = await readExportFile(lead(), asked.id);
    expect(Buffer.from(file.bytes).subarray(0, 5).toString()).toBe("%PDF-");
    expect(file.name).toMatch(/（未封存）\.pdf$/);
    // A second run of the same job makes nothing again.
    await runMakeFile(database.worker.db, { export: asked.id });
    expect(await partsOf(asked.id)).toBe(1);
    await clearExports(database.worker.db, new Date(Date.now() + 6 * 86_400_000));
    expect(await partsOf(asked.id)).toBe(1);
    await clearExports(database.worker.db, new Date(Date.now() + 8 * 86_400_000));
    expect(await partsOf(asked.id)).toBe(0);
    expect(await refusalOf(readExportFile(lead(), asked.id))).toBe("not-found");
  });

  it("fails in words when its text cannot be printed, and can be asked for again", async () => {
    const slug = await aDraft();
    const { id } = await askForExport(lead(), { source: "draft", report: slug, format: "pdf" });
    await database.owner.db.update(exportRequests).set({ document: unprintable() });
    await runMakeFile(database.worker.db, { export: id });
    const { status, refusal } = await transact(lead(), (tx) => readExport(tx, id));
    expect([status, refusal?.key]).toEqual(["failed", "characters-missing"]);
    const again = await askForExport(lead(), { source: "draft", report: slug, format: "pdf" });
    expect(again.id).not.toBe(id);
    await runMakeFile(database.worker.db, { export: again.id });
    expect((await transact(lead(), (tx) => readExport(tx, again.id))).status).toBe("done");
  });

  it("may be two editions side by side, or an edition with automatic numbers; of another report there is nothing", async () => {
    const first = await aSealedEdition(district);
    const text = aSmallReport();
    const second = await aSealedEdition(district, {
      reportId: first.reportId,
      document: { ...text, blocks: text.blocks.slice(0, -1) },
    });
    const other = await aSealedEdition(district);
    const compare = (earlierId: string, format: "pdf" | "docx") =>
      askForExport(lead(), { source: "comparison", editionId: second.id, earlierId, format });
    const starts = [];
    for (const { id } of [
      await compare(first.id, "pdf"),
      await compare(first.id, "docx"),
      await askForExport(lead(), { source: "edition", editionId: second.id, format: "docx", numbering: "automatic" }),
    ]) {
      await runMakeFile(database.worker.db, { export: id });
      const { bytes, name } = await readExportFile(lead(), id);
      starts.push([Buffer.from(bytes).subarray(0, 2).toString(), name.slice(name.indexOf("（"))]);
    }
    expect(starts).toEqual([
      ["%P", "（第1号与第2号对比）.pdf"],
      ["PK", "（第1号与第2号对比）.docx"],
      ["PK", "（会议稿第2号）（自动编号）.docx"],
    ]);
    expect(await refusalOf(compare(other.id, "pdf"))).toBe("not-found");
    const member = contextOf(database, district.congress.member);
    const asked = { source: "comparison", editionId: second.id, earlierId: first.id, format: "pdf" } as const;
    expect(await refusalOf(askForExport(member, asked))).toBe("not-found");
  });

  it("may be a preview: a page that stays the same keeps its address, and one that nobody looks at is not made", async () => {
    const { id: reportId } = await aReport(district);
    const { userId, membershipId, jurisdictionId } = district.bureau.lead;
    const text = aSmallReport();
    const asked = async (words: string, at: number) => {
      const document = {
        ...text,
        blocks: text.blocks.map((block) => (block.id === "b-item" ? { ...block, spans: [aSpan(words)] } : block)),
      };
      const [row] = await database.owner.db
        .insert(exportRequests)
        .values({
          jurisdictionId,
          requestedBy: userId,
          membershipId,
          source: "draft",
          format: "pages",
          reportId,
          document: document as typeof text,
          key: words,
          name: words,
          createdAt: new Date(at),
        })
        .returning({ id: exportRequests.id });
      return row?.id ?? "";
    };
    const made = async (id: string) => {
      await runMakeFile(database.worker.db, { export: id });
      return transact(lead(), (tx) => readExport(tx, id));
    };
    const before = await made(await asked("甲。", 1_000));
    expect(before.pages.map(({ wide }) => wide)).toEqual([false, true]);
    const [old, next] = [await asked("乙。", 2_000), await asked("丙。", 3_000)];
    expect(await made(old)).toMatchObject({ status: "failed", refusal: { key: "superseded" } });
    const after = await made(next);
    expect(after.pages.map(({ sha256 }, index) => sha256 === before.pages[index]?.sha256)).toEqual([false, true]);
    const [first] = after.pages;
    expect(Buffer.from(await readPreviewPage(lead(), first?.sha256 ?? "")).toString()).toMatch(/^<svg /);
    const drafter = contextOf(database, district.agriculture.drafter);
    expect(await refusalOf(readPreviewPage(drafter, first?.sha256 ?? ""))).toBe("not-found");
  });

  it("may be a preview that was made before, while its pages still lie for a while", async () => {
    const report = await aDraft();
    const ask = (minutes: number) => {
      const now = () => new Date(Date.UTC(2026, 6, 1, 1, minutes));
      return askForExport({ ...lead(), now }, { source: "draft", report, format: "pages" });
    };
    const { id } = await ask(0);
    await runMakeFile(database.worker.db, { export: id }, { now: () => new Date(Date.UTC(2026, 6, 1, 1, 1)) });
    expect(await ask(50)).toEqual({ id, status: "done" });
    const afresh = await ask(52);
    expect(afresh.id).not.toBe(id);
    expect(afresh.status).toBe("queued");
    expect((await ask(53)).id).toBe(afresh.id);
  });

  it("that the queue has given up on is said to have failed", async () => {
    const { id } = await askForExport(lead(), { source: "draft", report: await aDraft(), format: "docx" });
    await clearExports(database.worker.db, new Date());
    expect((await transact(lead(), (tx) => readExport(tx, id))).status).toBe("queued");
    await database.owner
      .sql`update graphile_worker._private_jobs set attempts = max_attempts where key = ${`export-${id}`}`;
    await clearExports(database.worker.db, new Date());
    expect(await transact(lead(), (tx) => readExport(tx, id))).toMatchObject({
      status: "failed",
      refusal: { key: "gave-up" },
    });
  });

  it("is no more than ten at a time, also when they are asked for at once; previews do not count", async () => {
    const drafts = await Promise.all(Array.from({ length: 12 }, () => aDraft()));
    for (const report of drafts) {
      const preview = await askForExport(lead(), { source: "draft", report, format: "pages" });
      expect(preview.status).toBe("queued");
    }
    const answers = await Promise.all(
      drafts.map((report) => refusalOf(askForExport(lead(), { source: "draft", report, format: "docx" }))),
    );
    expect(answers.filter((answer) => answer === null)).toHaveLength(10);
    expect(answers.filter((answer) => answer === "exports-full")).toHaveLength(2);
  });

  async function aDraft(): Promise<string> {
    const report = await aReport(district, { leaves: [{ department: "agriculture" }] });
    const [leaf] = report.leaves;
    if (leaf) await takeLeaf(district, leaf, "approved");
    return report.slug;
  }
});

const partsOf = (id: string) =>
  database.owner.sql<{ n: number }[]>`select count(*)::int as n from export_parts where export_id = ${id}`.then(
    ([row]) => row?.n,
  );

/** A private character, which no face has. */
const unprintable = () => aSmallReport({ blocks: [{ kind: "paragraph", id: "b", spans: [aSpan("\u{10FFFD}")] }] });
