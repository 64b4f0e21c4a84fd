import { excerptOf, placesOf } from "../../../../../domain/consultation/places";
import { getOutcome } from "../../../../../domain/consultation/queries";
import { DomainError } from "../../../../../domain/kernel/errors";
import { transact } from "../../../../../domain/kernel/context";
import { loadMessages } from "../../../../../messages/load";
import { consultationWorkbook } from "../../../../../render/xlsx/consultation-workbook";
import { XLSX } from "../../../../../render/xlsx/media-type";
import { fileResponse, runApi } from "../../../../_server/run-api";
import { fill } from "../../../../fill";

type Params = { params: Promise<{ edition: string }> };

/** 意见采纳情况表 as a workbook: an official paper, so in Chinese whatever the language of the page. A few rows: made here. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { edition: id } = await params;
  return runApi(request, "outcome.xlsx", async (ctx) => {
    const table = await transact(ctx, (tx) => getOutcome(tx, ctx, id));
    if (table.isClosed) throw new DomainError("not-found");
    const words = loadMessages("zh-CN").consultation;
    const places = new Map(placesOf(table.document).map((place) => [place.id, place]));
    const body = await consultationWorkbook({
      title: fill(words.file.title, { name: table.name, number: table.number }),
      sheet: words.file.sheet,
      sealedAt: table.sealedAt,
      header: [
        words.col.number,
        words.col.organ,
        words.col.place,
        words.col.comment,
        words.col.disposition,
        words.col.reason,
      ],
      rows: table.comments.map((reply) => {
        const place = places.get(reply.blockId ?? "");
        const { before, quote, after } = place
          ? excerptOf(place, reply.quote)
          : { before: words.wholePlace, quote: "", after: "" };
        const [latest] = reply.decisions;
        return {
          organ: reply.organ,
          place: quote === "" ? `${before}${after}` : `${before}【${quote}】${after}`,
          comment: reply.text,
          disposition: latest ? words.disposition[latest.disposition] : words.waiting,
          reason: latest?.reason ?? "",
        };
      }),
      notes: [
        fill(words.file.totals, table.tally),
        ...(table.tally.open > 0 ? [fill(words.file.open, table.tally)] : []),
        ...(table.none.length > 0 ? [fill(words.outcome.none, { organs: table.none.join(words.listMark) })] : []),
      ],
    });
    return fileResponse(body, {
      type: XLSX,
      name: `${fill(words.file.name, { name: table.name })}.xlsx`,
      plain: `consultation-${table.document.report.slug}-${table.number}.xlsx`,
    });
  });
}
