import { useTranslations } from "next-intl";
import type { IndicatorStatus as Word } from "../../domain/indicator/workflow";
import { Status, type StatusTone } from "../../ui/status";

/** The state of an indicator's row in words. */
export function IndicatorStatus({ status }: { status: Word }) {
  const t = useTranslations("indicator");
  return <Status tone={TONES[status]}>{t(`status.${status}`)}</Status>;
}

const TONES: Record<Word, StatusTone> = {
  drafting: "draft",
  signing: "submitted",
  confirming: "submitted",
  reviewing: "submitted",
  returned: "returned",
  approved: "approved",
};
