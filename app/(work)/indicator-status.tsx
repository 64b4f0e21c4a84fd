import { useTranslations } from "next-intl";
import type { IndicatorStatus as Word } from "../../domain/indicator/workflow";
import { Status } from "../../ui/status";
import { INDICATOR_TONES } from "./indicator-tones";

/** The state of an indicator's row in words. */
export function IndicatorStatus({ status }: { status: Word }) {
  const t = useTranslations("indicator");
  return <Status tone={INDICATOR_TONES[status]}>{t(`status.${status}`)}</Status>;
}
