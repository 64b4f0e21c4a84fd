import { getTranslations } from "next-intl/server";
import type { listEditionsInMaking } from "../../../domain/export/queries";
import { Status } from "../../../ui/status";
import { Progress } from "./progress";

type Editions = Awaited<ReturnType<typeof listEditionsInMaking>>;

/** Sealed editions whose files are on the way: which are there, and what is before the others. */
export async function EditionsInMaking({ editions }: { editions: Editions }) {
  const [t, words] = await Promise.all([getTranslations("export"), getTranslations("edition")]);
  if (editions.length === 0) return null;
  return (
    <section aria-labelledby="in-making">
      <h2 id="in-making" className="mb-2 font-semibold">
        {t("editions")}
      </h2>
      <ul className="border border-line bg-white">
        {editions.map((edition) => {
          const done = edition.files.filter((file) => file.done).length;
          return (
            <li key={edition.id} className="flex flex-col gap-2 border-b border-line-soft px-4 py-3 last:border-b-0">
              <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
                <span>
                  {edition.name}
                  <span className="text-ink-soft">
                    {" "}
                    · {words("sealNote", { kind: words(`kind.${edition.kind}`), number: edition.number })}
                  </span>
                </span>
                <span className="text-ink-soft">{t("made", { done, all: edition.files.length })}</span>
              </div>
              <Progress label={t("progress")} value={done} most={edition.files.length} />
              <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
                {edition.files.map(({ format, done: isDone, place }) => (
                  <li key={format}>
                    <Status tone={isDone ? "approved" : place === 0 ? "submitted" : "none"}>
                      {format.toUpperCase()}{" "}
                      {isDone
                        ? t("fileState.done")
                        : place === 0
                          ? t("fileState.running")
                          : t("fileState.queued", { before: place ?? 0 })}
                    </Status>
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
