import { getTranslations } from "next-intl/server";
import { sealAbility } from "../../../../../domain/edition/policy";
import type { EditionsPage } from "../../../../../domain/edition/queries";
import { EDITION_KINDS } from "../../../../../domain/edition/workflow";
import { Select, TextArea, TextField } from "../../../../../ui/field";
import { Notice } from "../../../../../ui/notice";
import { ActForm } from "./act-form";
import { seal } from "./actions";
import type { Glyphs } from "./glyphs";
import { Readiness } from "./readiness";

/** 封存 as a deliberate act: what is not ready first, then the kind, the reasons that it needs, and the word typed out. */
export async function SealForm({ report, glyphs }: { report: EditionsPage; glyphs: Glyphs }) {
  const [t, words] = await Promise.all([getTranslations("edition"), getTranslations("report")]);
  const kinds = EDITION_KINDS.filter((kind) => report.can[sealAbility(kind)] === null);
  const { lacks, corrects } = report;
  if (kinds.length === 0 || !lacks) return null;
  const isReady = lacks.missing.length + lacks.stale.length + lacks.moved.length + lacks.findings.length === 0;
  const usual = kinds.includes("meeting") ? "meeting" : "consultation";
  const number = (report.editions[0]?.number ?? 0) + 1;
  return (
    // A new number is a new act: nothing that was typed for the last one, least of all the word, stands in its form.
    <details
      key={number}
      open={report.status === "approved" && report.editions.every((one) => one.deliveredAt !== null)}
    >
      <summary className="link flex min-h-(--target) items-center">{t("sealTitle", { number })}</summary>
      <div className="flex flex-col gap-3">
        <p className="text-ink-soft">{t("sealHint")}</p>
        <Readiness report={report} glyphs={glyphs} />
        <ActForm
          action={seal}
          values={{ reportId: report.id, version: report.version, supersedes: corrects?.number ?? "" }}
          label={words("act.seal")}
          pending={t("pending")}
          icon="seal"
        >
          {corrects && (
            <>
              <Notice>{t("corrects", { number: corrects.number, kind: t(`kind.${corrects.kind}`) })}</Notice>
              <TextArea name="notice" label={t("notice")} hint={t("noticeHint")} rows={3} maxLength={2000} />
            </>
          )}
          {!isReady && (
            <TextArea name="exception" label={t("exception")} hint={t("exceptionHint")} rows={2} maxLength={1000} />
          )}
          <div className="grid max-w-120 gap-3 sm:grid-cols-2">
            <Select
              name="kind"
              label={t("sealKind")}
              defaultValue={usual}
              options={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            />
            <TextField
              name="confirmation"
              label={t("sealConfirm")}
              placeholder={t("sealWord")}
              autoComplete="off"
              required
            />
          </div>
        </ActForm>
      </div>
    </details>
  );
}
