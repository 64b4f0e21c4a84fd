import { getTranslations } from "next-intl/server";
import type { ReportStatus as Word } from "../../domain/report/workflow";
import { Status, type StatusTone } from "../../ui/status";

export async function ReportStatus({ status }: { status: Word }) {
  const t = await getTranslations("report");
  return (
    <Status tone={TONES[status]} {...(status === "delivered" ? { icon: "seal" as const } : {})}>
      {t(`status.${status}`)}
    </Status>
  );
}

const TONES: Record<Word, StatusTone> = {
  collecting: "draft",
  approving: "submitted",
  approved: "approved",
  delivered: "approved",
};
