import { getTranslations } from "next-intl/server";
import { isOneOf } from "../../../../../domain/kernel/roles";
import type { EditionsPage } from "../../../../../domain/edition/queries";
import { TextArea } from "../../../../../ui/field";
import { Notice } from "../../../../../ui/notice";
import { ActForm } from "./act-form";
import { SittingLine } from "../review/sitting-line";
import { approve, recall, reopen, send } from "./actions";
import type { Glyphs } from "./glyphs";
import { SealForm } from "./seal-form";

const MISSING_SHOWN = 8;

/** Why an approver cannot approve what is being approved: said at the button, which stays where it is. */
const SHOWN = ["own-work", "not-your-step", "already-decided", "signed-by-you"] as const;

/** What can be done with the compiled whole now, by whom, and if nothing, why not. */
export async function NextStep({ report, glyphs }: { report: EditionsPage; glyphs: Glyphs | null }) {
  const [t, words, refusals] = await Promise.all([
    getTranslations("edition"),
    getTranslations("report"),
    getTranslations("refusal"),
  ]);
  const version = { reportId: report.id, version: report.version };
  const missing = report.compiled?.missing ?? [];
  const leaves = report.compiled?.document.contributions.length ?? 0;
  const pending = t("pending");
  return (
    <section className="flex flex-col gap-4 border border-line bg-white px-5 py-4">
      {report.status === "collecting" &&
        (missing.length > 0 ? (
          <Notice tone="warning" title={t("notReady", { count: missing.length })}>
            <ul className="mt-1">
              {missing.slice(0, MISSING_SHOWN).map((leaf) => (
                <li key={leaf.section}>
                  {leaf.title}
                  <span className="text-ink-soft"> · {leaf.department}</span>
                </li>
              ))}
              {missing.length > MISSING_SHOWN && <li>{t("missingMore", { count: missing.length })}</li>}
            </ul>
          </Notice>
        ) : (
          report.compiled && <Notice tone="success">{t("ready", { count: leaves })}</Notice>
        ))}
      {report.status === "approving" && (
        <>
          <Notice>
            {report.can.approve === null ? t("toApprove") : t("approvingAt", { step: report.step ?? "" })}
          </Notice>
          <SittingLine sitting={report.sitting} />
        </>
      )}
      {report.status === "approved" && <Notice tone="success">{t("approved")}</Notice>}
      {report.status === "delivered" && <Notice tone="success">{t("deliveredAs")}</Notice>}
      {report.can.sendForApproval === null && (
        <ActForm
          action={send}
          values={version}
          label={words("act.sendForApproval")}
          pending={pending}
          blocked={missing.length > 0 ? refusals("leaves-not-approved", { count: missing.length }) : undefined}
        />
      )}
      {report.can.recall === null && (
        <ActForm action={recall} values={version} label={words("act.recall")} pending={pending} kind="secondary" />
      )}
      {(report.can.approve === null || isOneOf(report.can.approve, SHOWN)) && (
        <ActForm
          action={approve}
          values={{ ...version, documentHash: report.documentHash ?? "" }}
          label={words("act.approve")}
          pending={pending}
          blocked={report.can.approve ? refusals(report.can.approve) : undefined}
        />
      )}
      {report.compiled && glyphs && <SealForm report={report} glyphs={glyphs} />}
      {report.can.reopen === null && (
        <details>
          <summary className="link flex min-h-(--target) items-center">{words("act.reopen")}</summary>
          <p className="mb-3 text-ink-soft">{t("reopenHint")}</p>
          <ActForm action={reopen} values={version} label={words("act.reopen")} pending={pending} kind="danger">
            <TextArea name="reason" label={t("reopenReason")} rows={2} maxLength={1000} required />
          </ActForm>
        </details>
      )}
    </section>
  );
}
