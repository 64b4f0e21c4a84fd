import { useTranslations } from "next-intl";
import type { SectionStatus as Word } from "../../domain/section/workflow";
import { Status, type StatusTone } from "../../ui/status";

/** A leaf's state in words; a leaf that nobody has touched is 未报, not 起草中. */
export function SectionStatus({ status, written = true }: { status: Word; written?: boolean }) {
  const t = useTranslations("section");
  const word = status === "drafting" && !written ? "empty" : status;
  return <Status tone={TONES[word]}>{t(`status.${word}`)}</Status>;
}

const TONES: Record<Word | "empty", StatusTone> = {
  empty: "none",
  drafting: "draft",
  signing: "submitted",
  reviewing: "submitted",
  returned: "returned",
  approved: "approved",
};
