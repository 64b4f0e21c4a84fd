import { addReply, answerNone, disposeReply, publishTable } from "../../domain/consultation/mutations";
import { isQuotable, placesOf } from "../../domain/consultation/places";
import type { Disposition } from "../../domain/consultation/workflow";
import { getEdition } from "../../domain/edition/queries";
import { transact, type Context } from "../../domain/kernel/context";
import type { Role } from "../../domain/kernel/roles";
import type { ReportDocument } from "../../render/report-document";
import { demoClock } from "./calendar";
import { DEMO_OFFICES, LEAD_OFFICE } from "./offices";

type Answer = {
  office: string;
  /** The words that it is about, and the block of the leaf that they are in, where it is that leaf's. */
  quote: string;
  blockId?: string;
  text: string;
  disposition: Disposition;
  reason: string;
};

/** The owners of the two leaves that are brought up to date, in the order of the report, each with the leaf's block. */
export type Updated = { office: string; blockId: string };

/**
 * What the departments said to the 征求意见稿 of 2024 and what became of it, as the texts bear it out: two leaves were brought
 * up to date, a wording stayed because the annex has it too. The others had no comments.
 */
export async function answerDraft(
  by: (office: string, role: Role, now: Context["now"]) => Context,
  editionId: string,
  updated: readonly Updated[],
): Promise<void> {
  const july = demoClock("2024-07-25T10:00:00+08:00");
  const lead = by(LEAD_OFFICE, "lead", demoClock("2024-07-30T10:00:00+08:00"));
  const { document } = await transact(lead, (tx) => getEdition(tx, editionId));
  const answers = answersOf(updated);
  for (const { office, quote, blockId, text, disposition, reason } of answers) {
    const replyId = await addReply(by(office, "drafter", july), {
      editionId,
      ...placeOf(document, quote, blockId),
      comment: text,
    });
    await disposeReply(lead, { replyId, seen: null, disposition, reason });
  }
  const silent = DEMO_OFFICES.filter(({ kind }) => kind === "department" || kind === "lead").filter(
    ({ code }) => !answers.some(({ office }) => office === code),
  );
  for (const { code } of silent) await answerNone(by(code, "signer", july), { editionId });
  await publishTable(lead, { editionId });
}

function answersOf([first, second]: readonly Updated[]): Answer[] {
  const wording = { office: "tjj", quote: "规模工业", text: "统计口径的规范称谓是“规模以上工业”，建议全文统一。" };
  return [
    { ...wording, disposition: "noted", reason: "附件表内也用这一名称，本稿文表保持一致，下期统一。" },
    ...(first
      ? [{ ...first, quote: "", text: "这一段请补充最新情况。", disposition: "adopted" as const, reason: "已补充。" }]
      : []),
    ...(second
      ? [
          {
            ...second,
            quote: "",
            text: "这一段请补充最新情况，并写明下一步安排。",
            disposition: "partly" as const,
            reason: "最新情况已补充；下一步安排写在第三部分。",
          },
        ]
      : []),
  ];
}

/** The block of the edition that holds a leaf's block, or the first place with these words. */
function placeOf(document: ReportDocument, quote: string, leafBlock: string | undefined) {
  const holds = document.blocks.find(
    (block) => "spans" in block && block.spans.some((span) => span.block === leafBlock),
  );
  if (leafBlock !== undefined) return { blockId: holds?.id ?? null, quote: null };
  const place = placesOf(document).find((one) => isQuotable(one, quote));
  return { blockId: place?.id ?? null, quote: place ? quote : null };
}
