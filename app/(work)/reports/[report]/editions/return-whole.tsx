import { getLocale, getTranslations } from "next-intl/server";
import type { getEditionsPage } from "../../../../../domain/edition/queries";
import type { ReportDocument } from "../../../../../render/report-document";
import { FIGURE_FIELDS } from "../../../../../domain/indicator/figure";
import { loadMessages } from "../../../../../messages/load";
import { ReasonFields } from "../../../reason-fields";
import { TableText } from "../../../table-text";
import { ActForm } from "./act-form";
import { sendBack } from "./actions";

type Report = Awaited<ReturnType<typeof getEditionsPage>>;

/** Reasons about figures are told from those about paragraphs by their key in the form. */
const FIGURE_REASONS = "figure-";

/** The compiled text with a place for a remark under every department's contribution to a paragraph. */
export async function ReturnWhole({ report, document }: { report: Report; document: ReportDocument }) {
  const [t, review, act, figure, locale] = await Promise.all([
    getTranslations("edition"),
    getTranslations("review"),
    getTranslations("report"),
    getTranslations("figure"),
    getLocale(),
  ]);
  const words = loadMessages(locale).returns;
  const fields = FIGURE_FIELDS.map((field) => ({ value: field, label: figure(`field.${field}`) }));
  const rows = new Map<string, number>();
  const contributionOf = (from: number) => document.contributions[from]?.section ?? "";
  return (
    <ActForm
      action={sendBack}
      values={{ reportId: report.id, version: report.version }}
      label={act("act.return")}
      pending={t("pending")}
      kind="danger"
    >
      <p className="text-ink-soft">{t("returnHint")}</p>
      <div className="sheet">
        {document.blocks.map((block) =>
          block.kind === "heading" ? (
            <div key={block.id} className="doc">
              {block.level === 1 ? (
                <h2>
                  {block.number}
                  {block.text}
                </h2>
              ) : (
                <h3>
                  {block.number}
                  {block.text}
                </h3>
              )}
            </div>
          ) : (
            <div key={block.id}>
              <div className="doc">
                {block.kind === "table" ? (
                  <TableText {...block} />
                ) : (
                  <p className={block.kind === "paragraph" ? undefined : block.kind}>
                    {block.kind === "bullet" ? "——" : null}
                    {block.kind === "numbered" ? block.number : null}
                    {block.kind === "paragraph" && block.number ? `${block.number} ` : null}
                    {block.spans.map((span, index) =>
                      span.lead ? (
                        <b key={index} className="lead">
                          {span.text}
                        </b>
                      ) : (
                        <span key={index}>{span.text}</span>
                      ),
                    )}
                  </p>
                )}
              </div>
              {leavesOf(block.kind === "table" ? [block] : block.spans).map(({ from, block: blockId }, _, all) => {
                const leaf = document.contributions[from];
                if (!leaf) return null;
                const key = `${from}-${blockId}`;
                const row = rows.get(key) ?? rows.size;
                rows.set(key, row);
                return (
                  <ReasonFields
                    key={key}
                    name={`reasons.${row}`}
                    target={{ sectionId: leaf.section, blockId }}
                    blockId={blockId}
                    summary={all.length > 1 ? `${review("reasonFor")} · ${leaf.department}` : review("reasonFor")}
                    label={`${leaf.department} · ${leaf.title}`}
                    words={words}
                  />
                );
              })}
            </div>
          ),
        )}
      </div>
      {(document.indicators ?? []).map((row) => (
        <ReasonFields
          key={row.code}
          name={`reasons.${FIGURE_REASONS}${row.from}`}
          target={{ indicatorId: contributionOf(row.from) }}
          blockId={null}
          fields={{ label: t("returnCell"), options: fields }}
          summary={t("returnFigure", { name: row.officialName })}
          label={document.contributions[row.from]?.department ?? ""}
          words={words}
        />
      ))}
    </ActForm>
  );
}

/** A paragraph's contributions, each once: several departments may stand in one paragraph. */
function leavesOf(spans: readonly { from: number; block: string }[]): { from: number; block: string }[] {
  return spans.filter(
    (span, index) => spans.findIndex((other) => other.from === span.from && other.block === span.block) === index,
  );
}
