import { useTranslations } from "next-intl";
import type { ReportStatus as Word } from "../../domain/report/workflow";
import { Status, type StatusTone } from "../../ui/status";

export function ReportStatus({ status }: { status: Word }) {
  const t = useTranslations("report");
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
