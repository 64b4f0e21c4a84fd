import { getEdition } from "../../../../../domain/edition/queries";
import { recordDownload } from "../../../../../domain/edition/record-download";
import { transact } from "../../../../../domain/kernel/context";
import { DomainError, outage } from "../../../../../domain/kernel/errors";
import { isUuid } from "../../../../../domain/kernel/uuid";
import { toJson } from "../../../../../render/json/to-json";
import { toPdf } from "../../../../../render/pdf/to-pdf";
import { RenderError } from "../../../../../render/render-error";
import type { ReportDocument } from "../../../../../render/report-document";
import { toMarkdown } from "../../../../../render/text/to-markdown";
import { toPlainText } from "../../../../../render/text/to-plain-text";
import { XLSX } from "../../../../../render/xlsx/media-type";
import { toXlsx } from "../../../../../render/xlsx/to-xlsx";
import { signedIn } from "../../../../_server/context";
import { logBroken } from "../../../../_server/log";
import { fileResponse } from "../../../../_server/run-api";

type Params = { params: Promise<{ edition: string; format: string }> };

const FORMATS: Record<string, { type: string; render: (document: ReportDocument) => Promise<Uint8Array> | string }> = {
  pdf: { type: "application/pdf", render: toPdf },
  md: { type: "text/markdown; charset=utf-8", render: toMarkdown },
  xlsx: { type: XLSX, render: toXlsx },
  txt: { type: "text/plain; charset=utf-8", render: toPlainText },
  json: { type: "application/json; charset=utf-8", render: toJson },
};

/** A sealed edition as a file. Who may not see it finds nothing; every download is in the audit log. */
export async function GET(_: Request, { params }: Params): Promise<Response> {
  const { edition: id, format } = await params;
  const known = FORMATS[format];
  try {
    const ctx = await signedIn();
    if (!ctx)
      return new Response(null, {
        status: 303,
        headers: { location: `/sign-in?next=${encodeURIComponent(`/editions/${id}`)}` },
      });
    if (!known || !isUuid(id)) return Response.json({ key: "not-found" }, { status: 404 });
    const edition = await transact(ctx, async (tx) => {
      const found = await getEdition(tx, id);
      await recordDownload(tx, ctx, { editionId: id, reportId: found.reportId, format });
      return found;
    });
    const body = await known.render(edition.document);
    return fileResponse(body, {
      type: known.type,
      name: `${edition.name}（第${edition.number}号）.${format}`,
      plain: `${edition.document.report.slug}-${edition.number}.${format}`,
      inline: format === "pdf",
    });
  } catch (error) {
    if (error instanceof DomainError) return Response.json({ key: error.key }, { status: 404 });
    if (error instanceof RenderError) return Response.json({ key: error.key, message: error.message }, { status: 422 });
    const away = outage(error);
    if (away) return Response.json({ outage: away }, { status: 503 });
    return Response.json({ reference: logBroken(error, "download") }, { status: 500 });
  }
}
