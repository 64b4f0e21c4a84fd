import type { EditionKind } from "../../domain/edition/workflow";
import type { Role } from "../../domain/kernel/roles";
import { transact } from "../../domain/kernel/context";
import { compileReport } from "../../domain/report/compile-report";
import type { ReportDocument } from "../../render/report-document";
import { deliveries, editions } from "../schema";
import { aReport, contextOf, takeLeaf, type Department, type District, type TestReport } from "./factories";

export type ConsultationPlan = {
  department?: Department;
  text?: string;
  kind?: EditionKind;
  /** To whom it is given; to every drafter and signer without. */
  roles?: readonly Role[];
  organs?: readonly Department[];
  answerBy?: string | null;
  /** The document itself, where the compiled one is not enough. */
  document?: ReportDocument;
};

export type TestConsultation = { id: string; report: TestReport; document: ReportDocument; blockId: string };

/** A 征求意见稿 of a report of one approved leaf as edition 1, given to the departments. Laid as rows: sealing is not under test. */
export async function aConsultation(district: District, plan: ConsultationPlan = {}): Promise<TestConsultation> {
  const { department = "agriculture", text } = plan;
  const report = await aReport(district, { leaves: [{ department }] });
  const [leaf] = report.leaves;
  if (!leaf) throw new Error("the report has no leaf");
  await takeLeaf(district, leaf, "approved", text);
  const lead = contextOf(district.database, district.bureau.lead);
  const { document: compiled } = await transact(lead, (tx) => compileReport(tx, report.id));
  const document = plan.document ?? compiled;
  const id = await anEdition(district, report.id, 1, plan.kind ?? "consultation", document);
  const recipients = [
    ...(plan.roles ?? (plan.organs ? [] : (["drafter", "signer"] as const))).map((toRole) => ({ toRole })),
    ...(plan.organs ?? []).map((organ) => ({ toOrganId: district.organId[organ] })),
  ];
  const common = { jurisdictionId: district.jurisdictionId, editionId: id, answerBy: plan.answerBy ?? null };
  for (const recipient of recipients) {
    await district.database.owner.db.insert(deliveries).values({
      ...common,
      ...recipient,
      deliveredBy: lead.actor.userId,
      deliveredLabel: lead.actor.label,
      deliveredAt: new Date("2024-07-01T00:00:00Z"),
    });
  }
  return { id, report, document, blockId: document.blocks.find(({ kind }) => kind === "paragraph")?.id ?? "" };
}

/** An edition of a report, sealed by nobody's hand. */
export async function anEdition(
  district: District,
  reportId: string,
  number: number,
  kind: EditionKind,
  document: ReportDocument,
): Promise<string> {
  const seal = crypto.randomUUID().replaceAll("-", "").toUpperCase();
  const [row] = await district.database.owner.db
    .insert(editions)
    .values({
      jurisdictionId: district.jurisdictionId,
      reportId,
      number,
      kind,
      name: document.report.name,
      document,
      sha256: seal,
      record: { schema: "huibao.record/1", approvals: [], audit: [], attachments: [], missing: [] },
      sealSha256: seal,
      code: seal.slice(0, 10),
      sealedBy: district.bureau.lead.userId,
      sealedLabel: district.bureau.lead.label,
      sealedAt: new Date("2024-07-01T00:00:00Z"),
    })
    .returning({ id: editions.id });
  if (!row) throw new Error("no edition was written");
  return row.id;
}
