import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { AskedOrgan } from "../../../../domain/consultation/queries";
import type { Answer } from "../../../../domain/consultation/tally";
import { shortDate } from "../../../../messages/dates";
import { Status, type StatusTone } from "../../../../ui/status";
import { DueDate } from "../../due-date";

const ANSWERS = ["waiting", "comments", "none"] as const satisfies readonly Answer[];
const TONES: Record<Answer, StatusTone> = { comments: "submitted", none: "approved", waiting: "none" };

type Props = { organs: readonly AskedOrgan[]; day: string; path: string };

/** Who was asked, by how they have answered: who is missing, who said what, who has nothing to say. */
export function Answers({ organs, day, path }: Props) {
  const t = useTranslations("consultation");
  const days = new Set(organs.map(({ answerBy }) => answerBy));
  return (
    <dl className="border border-line bg-white">
      {ANSWERS.map((answer) => {
        const of = organs.filter((organ) => organ.answer === answer);
        const [first] = of;
        if (!first) return null;
        return (
          <div
            key={answer}
            className="grid gap-x-6 gap-y-1 border-b border-line-soft px-4 py-2.5 last:border-b-0 sm:grid-cols-[12rem_minmax(0,1fr)]"
          >
            <dt>
              <Status tone={TONES[answer]}>
                {t("answerCount", { answer: t(`state.${answer}`), count: of.length })}
              </Status>
              {answer === "waiting" && days.size === 1 && first.answerBy !== null && (
                <span className="block pl-5.5">
                  <DueDate dueOn={first.answerBy} day={day} closed={false} countdown />
                </span>
              )}
            </dt>
            <dd>
              <ul className="flex flex-wrap gap-x-5">
                {of.map((organ) => (
                  <li key={organ.id}>
                    <Organ {...{ organ, path }} dated={answer === "waiting" && days.size > 1} />
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** A department that has said something leads to what it has said. */
function Organ({ organ, path, dated }: { organ: AskedOrgan; path: string; dated: boolean }) {
  const t = useTranslations("consultation");
  const locale = useLocale();
  const { code, name, tally, isLate, answerBy } = organ;
  const notes = [
    ...(tally.comments > 0 ? [t("comments", { count: tally.comments })] : []),
    ...(tally.open > 0 ? [t("openCount", { count: tally.open })] : []),
    ...(isLate ? [t("late")] : []),
    ...(dated && answerBy !== null ? [shortDate(answerBy, locale)] : []),
  ];
  return (
    <>
      {tally.comments > 0 ? (
        <Link
          href={`${path}?organ=${encodeURIComponent(code)}#comments`}
          prefetch={false}
          className="link inline-flex min-h-(--target) items-center"
        >
          {name}
        </Link>
      ) : (
        name
      )}
      {notes.length > 0 && <span className="ml-1.5 text-sm text-ink-soft">{notes.join(t("listMark"))}</span>}
    </>
  );
}
