import { getTranslations } from "next-intl/server";
import type { getEditionsPage } from "../../../../../domain/report/queries";
import type { ReportDocument } from "../../../../../render/report-document";
import { FIGURE_FIELDS } from "../../../../../domain/indicator/figure";
import { Select, TextArea } from "../../../../../ui/field";
import { TableText } from "../../../table-text";
import { ActForm } from "./act-form";
import { sendBack } from "./actions";

type Report = Awaited<ReturnType<typeof getEditionsPage>>;

/** Reasons about figures are told from those about paragraphs by their key in the form. */
const FIGURE_REASONS = "figure-";

/** The compiled text with a place for a remark under every department's contribution to a paragraph. */
export async function ReturnWhole({ report, document }: { report: Report; document: ReportDocument }) {
  const [t, review, words, figure] = await Promise.all([
    getTranslations("edition"),
    getTranslations("review"),
    getTranslations("report"),
    getTranslations("figure"),
  ]);
  const rows = new Map<string, number>();
  const contributionOf = (from: number) => document.contributions[from]?.section ?? "";
  return (
    <ActForm
      action={sendBack}
      values={{ reportId: report.id, version: report.version }}
      label={words("act.return")}
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
              <details className="mb-3">
                <summary className="link ml-auto flex min-h-(--target) w-fit items-center">
                  {review("reasonFor")}
                </summary>
                {leavesOf(block.kind === "table" ? [block] : block.spans).map(({ from, block: blockId }) => {
                  const leaf = document.contributions[from];
                  if (!leaf) return null;
                  const key = `${from}-${blockId}`;
                  const row = rows.get(key) ?? rows.size;
                  rows.set(key, row);
                  const name = `reasons.${row}`;
                  return (
                    <div key={key} className="mb-3">
                      <input type="hidden" name={`${name}.sectionId`} value={leaf.section} />
                      <input type="hidden" name={`${name}.blockId`} value={blockId} />
                      <TextArea
                        name={`${name}.text`}
                        label={`${leaf.department} · ${leaf.title}`}
                        placeholder={review("reasonPlaceholder")}
                        rows={2}
                        maxLength={1000}
                      />
                    </div>
                  );
                })}
              </details>
            </div>
          ),
        )}
      </div>
      {(document.indicators ?? []).map((row) => (
        <details key={row.code} className="border-b border-line-soft">
          <summary className="link flex min-h-(--target) items-center">
            {t("returnFigure", { name: row.officialName })}
          </summary>
          <div className="mb-3 flex flex-col gap-3">
            <input
              type="hidden"
              name={`reasons.${FIGURE_REASONS}${row.from}.indicatorId`}
              value={contributionOf(row.from)}
            />
            <Select
              name={`reasons.${FIGURE_REASONS}${row.from}.field`}
              label={t("returnCell")}
              options={FIGURE_FIELDS.map((field) => ({ value: field, label: figure(`field.${field}`) }))}
              defaultValue="actual"
            />
            <TextArea
              name={`reasons.${FIGURE_REASONS}${row.from}.text`}
              label={document.contributions[row.from]?.department ?? ""}
              placeholder={review("reasonPlaceholder")}
              rows={2}
              maxLength={1000}
            />
          </div>
        </details>
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
