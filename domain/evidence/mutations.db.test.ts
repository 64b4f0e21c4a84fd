import { createHash } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  aReport,
  aSection,
  contextOf,
  refusalOf,
  takeLeaf,
  type District,
} from "../../db/testing/factories";
import { anEntry, anIndicator, FARM_OUTPUT, stateOf, takeIndicator } from "../../db/testing/indicators";
import { inThisOrder } from "../../db/testing/races";
import { auditEntries, evidence } from "../../db/schema";
import { editCatalogueEntry } from "../indicator/catalogue";
import { getCellDetail, getIndicatorsPage } from "../indicator/queries";
import type { IndicatorStatus } from "../indicator/workflow";
import type { Actor } from "../kernel/actor";
import { transact, type Context } from "../kernel/context";
import type { SectionStatus } from "../section/workflow";
import { addEvidence, authorizeEvidence, readEvidence, removeEvidence } from "./mutations";
import { ATTACHMENTS_LIMIT } from "./policy";
import { getAttachments } from "./queries";
import { EVIDENCE_LIMIT } from "./sniff";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

const PDF = Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n%%EOF\n", "latin1");
const JPEG = Buffer.from("ffd8ffe000104a46494600010100000100010000ffd9", "hex");

describe("attaching evidence", () => {
  it("keeps the file byte for byte, as what its bytes say it is", async () => {
    const row = await anIndicator(district);
    const { id } = await addEvidence(drafter(), given(row, { name: "快报.pdf" }));
    const [file] = await database.owner.db.select().from(evidence).where(eq(evidence.id, id));
    expect(file).toMatchObject({
      indicatorId: row.id,
      field: "actual",
      name: "快报.pdf",
      mediaType: "application/pdf",
      size: PDF.length,
      sha256: createHash("sha256").update(PDF).digest("hex"),
      authorId: drafter().actor.userId,
      removedAt: null,
    });
    const read = await readEvidence(drafter(), id);
    expect(Buffer.from(read.bytes).equals(PDF)).toBe(true);
    expect(read).toMatchObject({ name: "快报.pdf", mediaType: "application/pdf" });
  });

  it("leaves one audit entry that says nothing of what is in it", async () => {
    const row = await anIndicator(district);
    const { id } = await addEvidence(drafter(), given(row, { name: "秘密.pdf" }));
    const [entry, ...others] = await auditedOf(id);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ action: "evidence.add", reportId: row.reportId, userId: drafter().actor.userId });
    expect(JSON.stringify(entry?.detail)).not.toContain("秘密");
  });

  it.each<[string, string, Uint8Array]>([
    ["a program under the name of a PDF", "快报.pdf", Buffer.from("MZ\x90\0\x03", "latin1")],
    ["a picture that is a script", "图.svg", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>')],
    ["a web page under the name of a picture", "图.png", Buffer.from("<html><script>x()</script></html>")],
    ["an archive", "数据.xlsx", Buffer.from("PK\x03\x04evil", "latin1")],
    ["nothing", "快报.pdf", new Uint8Array()],
  ])("refuses %s and keeps nothing", async (_, name, bytes) => {
    const row = await anIndicator(district);
    expect(await refusalOf(addEvidence(drafter(), given(row, { name, bytes })))).toBe("evidence-kind");
    expect(await database.owner.db.$count(evidence, eq(evidence.indicatorId, row.id))).toBe(0);
  });

  it("takes a file of the greatest size, and refuses one byte more", async () => {
    const row = await anIndicator(district);
    const bytes = Buffer.alloc(EVIDENCE_LIMIT + 1);
    PDF.copy(bytes);
    await expect(addEvidence(drafter(), given(row, { bytes }))).rejects.toMatchObject({
      key: "evidence-too-large",
      params: { megabytes: 10 },
    });
    const { id } = await addEvidence(drafter(), given(row, { bytes: bytes.subarray(0, EVIDENCE_LIMIT) }));
    expect((await readEvidence(drafter(), id)).bytes.byteLength).toBe(EVIDENCE_LIMIT);
  });

  it.each([
    ["with a path", "../../etc/passwd.pdf", "passwd.pdf"],
    ["with a path of Windows", "C:\\Users\\快报.pdf", "快报.pdf"],
    ["that reads backwards", "快报\u202Efdp.exe", "快报fdp.exe.pdf"],
    ["with control characters", "快\0报\r\n.pdf", "快报.pdf"],
    ["in capitals", "快报.PDF", "快报.PDF"],
    ["of a program", "快报.exe", "快报.exe.pdf"],
    ["of a web page", "快报.html", "快报.html.pdf"],
    ["without an ending", "快报", "快报.pdf"],
    ["of an ending alone", ".pdf", "未命名.pdf"],
    ["of nothing", "  ", "未命名.pdf"],
    ["with half a character", "\ud800.pdf", "\ufffd.pdf"],
    ["that is too long", `${"长".repeat(300)}.pdf`, `${"长".repeat(116)}.pdf`],
    ["that is too long in rare characters", `${"𠮷".repeat(300)}.pdf`, `${"𠮷".repeat(116)}.pdf`],
  ])("under a name %s keeps it under a plain one that says what it is", async (_, name, kept) => {
    const row = await anIndicator(district);
    const { id } = await addEvidence(drafter(), given(row, { name }));
    expect((await readEvidence(drafter(), id)).name).toBe(kept);
  });

  it("named after one of two kinds of names of a picture keeps it", async () => {
    const row = await anIndicator(district);
    for (const name of ["图.jpg", "图.jpeg", "图.JPG"]) {
      const { id } = await addEvidence(drafter(), given(row, { name, bytes: JPEG }));
      expect((await readEvidence(drafter(), id)).name).toBe(name);
    }
  });

  it("is for its department's drafter, while the row is in their hands", async () => {
    for (const [status, refusal] of [
      ["drafting", null],
      ["returned", null],
      ["signing", "indicator-not-open"],
      ["approved", "approved-not-revised"],
    ] as const) {
      const row = await anIndicator(district, status);
      expect(await refusalOf(addEvidence(drafter(), given(row))), status).toBe(refusal);
    }
    const row = await anIndicator(district);
    expect(await refusalOf(addEvidence(as(district.agriculture.signer), given(row)))).toBe("not-your-role");
    expect(await refusalOf(addEvidence(as(district.commerce.drafter), given(row)))).toBe("not-your-department");
    expect(await refusalOf(addEvidence(as(district.bureau.lead), given(row)))).toBe("not-your-role");
    expect(await refusalOf(addEvidence(as(district.congress.member), given(row)))).toBe("not-found");
  });
});

describe("reading evidence", () => {
  it.each<[IndicatorStatus, string[]]>([
    ["drafting", ["drafter", "signer"]],
    ["signing", ["drafter", "signer", "confirmer", "lead"]],
    ["approved", ["drafter", "signer", "confirmer", "lead"]],
    ["returned", ["drafter", "signer"]],
  ])("of a row that is %s is for %j, and for nobody else", async (status, readers) => {
    const { id } = await proven(status);
    const people: Record<string, Actor> = {
      drafter: district.agriculture.drafter,
      signer: district.agriculture.signer,
      confirmer: district.commerce.signer,
      lead: district.bureau.lead,
      "another department": district.bureau.drafter,
      approver: district.government.approver,
      clerk: district.congress.clerk,
      member: district.congress.member,
      administrator: district.centre.sysadmin,
      auditor: district.centre.auditor,
    };
    for (const [name, actor] of Object.entries(people)) {
      const said = await refusalOf(readEvidence(as(actor), id));
      expect(said, name).toBe(readers.includes(name) ? null : "not-found");
    }
  });

  it("is in the audit log, with who read it", async () => {
    const { id } = await proven("signing");
    await readEvidence(as(district.bureau.lead), id);
    expect(await auditedOf(id)).toMatchObject([
      { action: "evidence.download", userId: district.bureau.lead.userId },
      { action: "evidence.add" },
    ]);
  });

  it("of what is not there, or no id at all, is not found", async () => {
    for (const id of [crypto.randomUUID(), "", "1", "' or true --"]) {
      expect(await refusalOf(readEvidence(drafter(), id)), id).toBe("not-found");
    }
  });

  it("goes with the row when it is handed to another department", async () => {
    const { id, row } = await proven("drafting");
    await editCatalogueEntry(as(district.bureau.lead), {
      ...anEntry(district, { ...FARM_OUTPUT, department: "commerce", confirmer: null }),
      indicatorId: row.id,
      version: row.version,
    });
    expect(await refusalOf(readEvidence(as(district.commerce.drafter), id))).toBeNull();
    expect(await refusalOf(readEvidence(drafter(), id))).toBe("not-found");
  });
});

describe("taking evidence away", () => {
  it("offers it to nobody any more, and keeps its bytes", async () => {
    const { id, row } = await proven("drafting");
    expect(await offered(row)).toEqual({ listed: 1, counted: 1 });
    await removeEvidence(drafter(), { evidenceId: id });
    expect(await offered(row)).toEqual({ listed: 0, counted: 0 });
    expect(await refusalOf(readEvidence(drafter(), id))).toBe("not-found");
    expect(await refusalOf(removeEvidence(drafter(), { evidenceId: id }))).toBe("not-found");
    const [file] = await database.owner.db.select().from(evidence).where(eq(evidence.id, id));
    expect(file?.bytes).toHaveLength(PDF.length);
    expect((await auditedOf(id)).map(({ action }) => action)).toEqual(["evidence.remove", "evidence.add"]);
  });

  it("is for its department's drafter, while the row is in their hands", async () => {
    const { id, row } = await proven("drafting");
    const away = { evidenceId: id };
    expect(await refusalOf(removeEvidence(as(district.agriculture.signer), away))).toBe("not-your-role");
    expect(await refusalOf(removeEvidence(as(district.commerce.drafter), away))).toBe("not-found");
    expect(await refusalOf(removeEvidence(as(district.bureau.lead), away))).toBe("not-found");
    await takeIndicator(district, row, "approved", {});
    expect(await refusalOf(removeEvidence(drafter(), away))).toBe("approved-not-revised");
    expect(await refusalOf(removeEvidence(as(district.bureau.lead), away))).toBe("not-your-role");
  });
});

describe("attaching to a text", () => {
  it("keeps the file with its leaf, and says so in the audit log without its name", async () => {
    const leaf = await aSection(district);
    const { id } = await attach(leaf, { name: "会议纪要.pdf" });
    const [file] = await database.owner.db.select().from(evidence).where(eq(evidence.id, id));
    expect(file).toMatchObject({ sectionId: leaf.id, indicatorId: null, field: null, name: "会议纪要.pdf" });
    const [entry, ...others] = await auditedOf(id);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ action: "evidence.add", reportId: leaf.reportId, detail: { bytes: PDF.length } });
    expect(JSON.stringify(entry?.detail)).not.toContain("纪要");
  });

  it.each<[string, string, Uint8Array]>([
    ["a program under the name of a document", "纪要.docx", Buffer.from("MZ\x90\0\x03", "latin1")],
    ["an archive under the name of a document", "纪要.docx", Buffer.from("PK\x03\x04evil", "latin1")],
    ["an old document, which may carry macros", "纪要.doc", Buffer.from("d0cf11e0a1b11ae1", "hex")],
    ["a web page", "纪要.html", Buffer.from("<script>x()</script>")],
  ])("refuses %s and keeps nothing", async (_, name, bytes) => {
    const leaf = await aSection(district);
    expect(await refusalOf(attach(leaf, { name, bytes }))).toBe("evidence-kind");
    expect(await database.owner.db.$count(evidence, eq(evidence.sectionId, leaf.id))).toBe(0);
  });

  it("takes twenty and no more; one taken away makes room", async () => {
    const leaf = await aSection(district);
    const files: { id: string }[] = [];
    for (let count = 0; count < ATTACHMENTS_LIMIT; count++) files.push(await attach(leaf));
    await expect(attach(leaf)).rejects.toMatchObject({ key: "evidence-too-many", params: { most: ATTACHMENTS_LIMIT } });
    await removeEvidence(drafter(), { evidenceId: files[0]?.id ?? "" });
    expect(await refusalOf(attach(leaf))).toBeNull();
  });

  it("never lets two at once both be the last one", async () => {
    const leaf = await aSection(district);
    for (let count = 1; count < ATTACHMENTS_LIMIT; count++) await attach(leaf);
    const does = (ctx: Context) => addEvidence(ctx, { sectionId: leaf.id, name: "快报.pdf", bytes: PDF });
    const colleague = await aColleague(district, "agriculture", "drafter");
    expect(await inThisOrder(database, { actor: drafter().actor, does }, { actor: colleague, does })).toEqual({
      first: null,
      second: "evidence-too-many",
    });
  });

  it("is for its department's drafter, while the leaf is in their hands", async () => {
    for (const [status, refusal] of [
      ["drafting", null],
      ["returned", null],
      ["signing", "section-not-open"],
      ["reviewing", "section-not-open"],
      ["approved", "approved-not-revised"],
    ] as const) {
      expect(await refusalOf(attach(await aSection(district, { status }))), status).toBe(refusal);
    }
    const leaf = await aSection(district);
    const by = (actor: Actor) => refusalOf(attach(leaf, {}, as(actor)));
    expect(await by(district.agriculture.signer)).toBe("not-your-role");
    expect(await by(district.commerce.drafter)).toBe("not-your-department");
    expect(await by(district.bureau.lead)).toBe("not-your-role");
    expect(await by(district.congress.member)).toBe("not-found");
    expect(await by((await aDistrict(database)).agriculture.drafter)).toBe("not-found");
  });

  it.each<[SectionStatus, string[]]>([
    ["drafting", ["drafter", "signer"]],
    ["signing", ["drafter", "signer", "lead"]],
    ["approved", ["drafter", "signer", "lead"]],
    ["returned", ["drafter", "signer"]],
  ])("to one that is %s is for %j, and for nobody else", async (status, readers) => {
    const report = await aReport(district);
    const [leaf] = report.leaves;
    if (!leaf) throw new Error("the report has no leaf");
    const { id } = await attach(leaf);
    await takeLeaf(district, leaf, status);
    const people: Record<string, Actor> = {
      drafter: district.agriculture.drafter,
      signer: district.agriculture.signer,
      lead: district.bureau.lead,
      "another department": district.commerce.signer,
      approver: district.government.approver,
      member: district.congress.member,
      auditor: district.centre.auditor,
    };
    for (const [name, actor] of Object.entries(people)) {
      const ctx = as(actor);
      const isReader = readers.includes(name);
      expect(await refusalOf(readEvidence(ctx, id)), name).toBe(isReader ? null : "not-found");
      const listed = await transact(ctx, (tx) => getAttachments(tx, leaf.id));
      expect(
        listed.map((file) => file.id),
        name,
      ).toEqual(isReader ? [id] : []);
    }
  });

  it("and taking away offers it to nobody any more, keeps its bytes, and is not for who only reads", async () => {
    const leaf = await aSection(district);
    const { id } = await attach(leaf);
    const away = { evidenceId: id };
    expect(await refusalOf(removeEvidence(as(district.agriculture.signer), away))).toBe("not-your-role");
    expect(await refusalOf(removeEvidence(as(district.commerce.drafter), away))).toBe("not-found");
    await removeEvidence(drafter(), away);
    expect(await transact(drafter(), (tx) => getAttachments(tx, leaf.id))).toEqual([]);
    expect(await refusalOf(readEvidence(drafter(), id))).toBe("not-found");
    const [file] = await database.owner.db.select().from(evidence).where(eq(evidence.id, id));
    expect(file?.bytes).toHaveLength(PDF.length);
  });
});

describe("asking before a file is taken in", () => {
  it("refuses whoever may attach none, as attaching would", async () => {
    const leaf = await aSection(district);
    const row = await anIndicator(district);
    for (const target of [{ sectionId: leaf.id }, { indicatorId: row.id }]) {
      const by = (actor: Actor) => refusalOf(authorizeEvidence(as(actor), target));
      expect(await by(district.agriculture.drafter)).toBeNull();
      expect(await by(district.agriculture.signer)).toBe("not-your-role");
      expect(await by(district.congress.member)).toBe("not-found");
    }
    const others = { indicatorId: row.id };
    expect(await refusalOf(authorizeEvidence(as(district.commerce.drafter), others))).toBe("not-your-department");
    const signing = { sectionId: (await aSection(district, { status: "signing" })).id };
    expect(await refusalOf(authorizeEvidence(drafter(), signing))).toBe("section-not-open");
    for (const id of ["", "x", crypto.randomUUID()]) {
      expect(await refusalOf(authorizeEvidence(drafter(), { sectionId: id })), id).toBe("not-found");
      expect(await refusalOf(authorizeEvidence(drafter(), { indicatorId: id })), id).toBe("not-found");
    }
  });

  it("refuses one file more than a text may have, and keeps nothing and tells nobody", async () => {
    const leaf = await aSection(district);
    for (let count = 0; count < ATTACHMENTS_LIMIT; count++) await attach(leaf);
    expect(await refusalOf(authorizeEvidence(drafter(), { sectionId: leaf.id }))).toBe("evidence-too-many");
    const free = await aSection(district);
    await authorizeEvidence(drafter(), { sectionId: free.id });
    expect(await database.owner.db.$count(evidence, eq(evidence.sectionId, free.id))).toBe(0);
    expect(await auditedOf(free.id)).toEqual([]);
  });
});

const as = (actor: Actor): Context => contextOf(database, actor);
const drafter = () => as(district.agriculture.drafter);
const attach = (leaf: { id: string }, file: { name?: string; bytes?: Uint8Array } = {}, ctx = drafter()) =>
  addEvidence(ctx, { sectionId: leaf.id, name: "快报.pdf", bytes: PDF, ...file });
const given = (row: { id: string }, file: { name?: string; bytes?: Uint8Array } = {}) => ({
  indicatorId: row.id,
  field: "actual" as const,
  name: "快报.pdf",
  bytes: PDF,
  ...file,
});

/** A row with one piece of evidence, taken to its state. */
async function proven(status: IndicatorStatus) {
  const row = await anIndicator(district);
  const { id } = await addEvidence(drafter(), given(row));
  if (status !== "drafting") await takeIndicator(district, row, status, {});
  return { id, row: { ...row, ...(await stateOf(district, row.id)) } };
}

async function offered(row: { id: string; reportId: string }) {
  const ctx = drafter();
  const [report] = await database.owner.sql<{ slug: string }[]>`select slug from reports where id = ${row.reportId}`;
  return transact(ctx, async (tx) => {
    const page = await getIndicatorsPage(tx, ctx, report?.slug ?? "");
    const detail = await getCellDetail(tx, row.id, "actual");
    return { listed: detail.evidence.length, counted: page.rows[0]?.cells.actual?.evidence };
  });
}

const auditedOf = (id: string) =>
  database.owner.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id)).orderBy(desc(auditEntries.id));
