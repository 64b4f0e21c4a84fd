import { useLocale, useTranslations } from "next-intl";
import type { Reply } from "../../../../domain/consultation/queries";
import { dateTime } from "../../../../messages/dates";
import { Status, type StatusTone } from "../../../../ui/status";
import type { Disposition } from "../../../../domain/consultation/workflow";

const TONES: Record<Disposition, StatusTone> = { adopted: "approved", partly: "submitted", noted: "draft" };

/** What became of a comment, with the reason, and what was thought of it before. */
export function Decisions({ decisions }: { decisions: Reply["decisions"] }) {
  const t = useTranslations("consultation");
  const [latest, ...earlier] = decisions;
  if (!latest) {
    return (
      <Status tone="none" icon="clock">
        {t("waiting")}
      </Status>
    );
  }
  return (
    <div className="flex flex-col gap-1">
      <Decision decision={latest} />
      {earlier.length > 0 && (
        <details>
          <summary className="link flex min-h-(--target) w-fit items-center text-sm">
            {t("history", { count: earlier.length })}
          </summary>
          <ul className="flex flex-col gap-2 border-l-2 border-line pl-3">
            {earlier.map((decision) => (
              <li key={decision.id}>
                <Decision decision={decision} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Decision({ decision }: { decision: Reply["decisions"][number] }) {
  const t = useTranslations("consultation");
  const locale = useLocale();
  return (
    <div>
      <Outcome disposition={decision.disposition} />
      {decision.reason !== "" && <p className="break-words whitespace-pre-line">{decision.reason}</p>}
      <p className="text-sm text-ink-soft">
        {t("decidedBy", { by: decision.by, at: dateTime(new Date(decision.at), locale) })}
      </p>
    </div>
  );
}

export function Outcome({ disposition }: { disposition: Disposition }) {
  const t = useTranslations("consultation");
  return (
    <Status tone={TONES[disposition]} icon={disposition === "noted" ? "info" : "check"}>
      {t(`disposition.${disposition}`)}
    </Status>
  );
}
