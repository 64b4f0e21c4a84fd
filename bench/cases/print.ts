import { chromium, type BrowserContext, type Page } from "playwright";
import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { findBrowser } from "../../e2e/find-browser";
import { toArticleHtml } from "../../render/html/to-html";
import type { ReportDocument } from "../../render/report-document";
import { startChild } from "../child";
import type { Load, Reading } from "../load";
import type { Printed, PrintTask } from "../print-child";
import { median, type Result, rounded } from "../result";
import { say } from "../say";
import { signInAs, type System } from "../system";
import { turnText } from "../turn-text";

const GOAL = { speed: 10, all: 150, edit: 50, memory: 450 };
const RUNS = 7;
const WARM_RUNS = 2;
/** So often the report's blocks make two hundred pages. */
const LONG = 10;
const SERVED_EDITIONS = 24;
const SERVING_SECONDS = 20;

/**
 * (d) The whole report on paper, warm: with every text changed, against Chromium printing the same in the same run, and after
 * an edit of one paragraph; its pages as pictures; two hundred pages; and what the web needs while it serves PDFs.
 */
export async function measurePrint(system: System, reasons: Record<string, string>): Promise<Result[]> {
  const [edition] = await system.owner.sql<{ id: string; document: ReportDocument }[]>`
    select e.id, e.document from editions e where e.kind = 'meeting' limit 1`;
  if (!edition) throw new Error("the demonstration has no delivered edition");
  return [
    ...(await measureSpeed(system, edition, reasons)),
    await measureMemory(system, edition, reasons["d.memory"] ?? ""),
  ];
}

async function measureSpeed(
  system: System,
  edition: { id: string; document: ReportDocument },
  reasons: Record<string, string>,
): Promise<Result[]> {
  const { executablePath } = await findBrowser();
  const printer = startChild<PrintTask, Printed>("print-child.ts");
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-background-networking", "--no-first-run"],
  });
  try {
    say(`d: printing with and without ${executablePath}`);
    const context = await browser.newContext();
    const [name = "", value = ""] = (await signInAs(system, "rd-wy1")).split("=");
    await context.addCookies([{ name, value, url: system.origin }]);
    const open = await context.newPage();
    await openEdition(open, system, edition.id);
    const { document } = edition;
    const seen = { anew: [] as number[], kept: [] as number[], all: [] as number[] };
    // Turn about, so that a slow spell of the machine hits all sides.
    for (let by = 1; by <= WARM_RUNS + RUNS; by += 1) {
      const kept = await printInBrowser(open, document, by);
      const anew = await printAnew(context, system, edition, by);
      const all = await printer.ask({ document, by, change: "all", as: "pdf" });
      if (by <= WARM_RUNS) continue;
      seen.kept.push(kept);
      seen.anew.push(anew);
      seen.all.push(all.milliseconds);
    }
    const ask = async (change: PrintTask["change"], as: PrintTask["as"]): Promise<Printed[]> => {
      const runs: Printed[] = [];
      for (let by = 1; by <= WARM_RUNS + RUNS; by += 1) runs.push(await printer.ask({ document, by, change, as }));
      return runs.slice(WARM_RUNS);
    };
    const letters = (await ask("letters", "pdf")).map((run) => run.milliseconds);
    const sentence = (await ask("sentence", "pdf")).map((run) => run.milliseconds);
    const pictures = await ask("letters", "pages");
    const [picture] = pictures;
    const long = await printer.ask({ document, by: 1, change: "all", as: "pdf", times: LONG });
    return [
      againstBrowser("d", "PDF, every text changed", seen.all, seen.anew, "a new page for each report", reasons),
      againstBrowser("d.kept", "PDF, every text changed", seen.all, seen.kept, "page and fonts kept open", reasons),
      againstBrowser(
        "d.edited",
        "PDF, one paragraph edited",
        letters,
        seen.anew,
        "a new page for each report",
        reasons,
      ),
      within("d.all", "PDF, every text changed", seen.all, GOAL.all, reasons),
      within("d.edit", "PDF, letters added to one paragraph", letters, GOAL.edit, reasons),
      within("d.sentence", "PDF, a sentence added to one paragraph", sentence, GOAL.edit, reasons),
      {
        id: "d.pages",
        what: "preview, one paragraph edited",
        unit: "ms",
        floor: null,
        product: rounded(median(pictures.map((run) => run.milliseconds))),
        ratio: null,
        goal: "told only",
        met: true,
        notes: `${picture?.pages ?? 0} pictures, ${Math.round((picture?.bytes ?? 0) / 2 ** 20)} MB before compression`,
        reason: null,
      },
      {
        id: "d.long",
        what: "PDF of a long report",
        unit: "ms",
        floor: null,
        product: rounded(long.milliseconds),
        ratio: null,
        goal: "two hundred pages",
        met: long.pages >= 200,
        notes: `${long.pages} pages, ${(long.bytes / 2 ** 20).toFixed(1)} MB, the printing process at ${long.megabytes} MB`,
        reason: long.pages >= 200 ? null : (reasons["d.long"] ?? ""),
      },
    ];
  } finally {
    await browser.close();
    printer.end();
  }
}

function againstBrowser(
  id: string,
  what: string,
  product: readonly number[],
  floor: readonly number[],
  how: string,
  reasons: Record<string, string>,
): Result {
  const ratio = rounded(median(floor.map((time, run) => time / (product[run] ?? Number.NaN))));
  const met = ratio >= GOAL.speed;
  return {
    id,
    what,
    unit: "ms",
    floor: rounded(median(floor)),
    product: rounded(median(product)),
    ratio,
    goal: `${GOAL.speed} times faster than Chromium`,
    met,
    notes: `Chromium with ${how}: ${list(floor)} ms, product ${list(product)} ms`,
    reason: met ? null : (reasons[id] ?? ""),
  };
}

function within(
  id: string,
  what: string,
  times: readonly number[],
  goal: number,
  reasons: Record<string, string>,
): Result {
  const product = rounded(median(times));
  const met = product <= goal;
  return {
    id,
    what,
    unit: "ms",
    floor: null,
    product,
    ratio: null,
    goal: `<= ${goal} ms`,
    met,
    notes: `compiled and exported in a warm process: ${list(times)} ms`,
    reason: met ? null : (reasons[id] ?? ""),
  };
}

const list = (times: readonly number[]): string => times.map(Math.round).join(" ");

const openEdition = (page: Page, system: System, id: string) =>
  page.goto(`${system.origin}/editions/${id}`, { waitUntil: "load" });

/** As a server would that prints with a browser kept warm: a page for each report, its fonts loaded, and closed again. */
async function printAnew(
  context: BrowserContext,
  system: System,
  edition: { id: string; document: ReportDocument },
  by: number,
): Promise<number> {
  const startedAt = performance.now();
  const page = await context.newPage();
  try {
    await openEdition(page, system, edition.id);
    await printInBrowser(page, edition.document, by);
    return performance.now() - startedAt;
  } finally {
    await page.close();
  }
}

/** From the changed text to the PDF's bytes, as on our side: into the page, laid out with its fonts, printed with tags. */
async function printInBrowser(page: Page, document: ReportDocument, by: number): Promise<number> {
  const html = toArticleHtml(turnText(document, by));
  const startedAt = performance.now();
  await page.evaluate(async (text) => {
    const article = window.document.querySelector("article.doc");
    if (!article) throw new Error("the reading page has no text");
    article.outerHTML = text;
    window.document.body.getBoundingClientRect();
    await window.document.fonts.ready;
  }, html);
  await page.pdf({ format: "A4", tagged: true, outline: true });
  return performance.now() - startedAt;
}

/** Two readers take PDFs of editions that all differ while others read pages: what the web then needs at its peak. */
async function measureMemory(
  system: System,
  edition: { id: string; document: ReportDocument },
  reason: string,
): Promise<Result> {
  const pdf = startChild<Reading, Load>("load.ts");
  const pages = startChild<Reading, Load>("load.ts");
  try {
    const editions = await sealTurned(system, edition);
    const cookie = await signInAs(system, "rd-wy1");
    say(`d.memory: PDFs of ${editions.length} editions and pages, at once`);
    const served = await Promise.all([
      pdf.ask({
        kind: "read",
        urls: editions.map((id) => `${system.origin}/api/editions/${id}/pdf`),
        headers: { cookie },
        connections: 2,
        seconds: SERVING_SECONDS,
      }),
      pages.ask({
        kind: "read",
        urls: [`${system.origin}/desk`, `${system.origin}/editions/${edition.id}`],
        headers: { cookie, "accept-encoding": "gzip" },
        connections: 4,
        seconds: SERVING_SECONDS,
      }),
    ]);
    const peak = peakMegabytes(system.webPid);
    const met = peak < GOAL.memory;
    return {
      id: "d.memory",
      what: "peak memory of the web",
      unit: "MB",
      floor: null,
      product: peak,
      ratio: null,
      goal: `< ${GOAL.memory} MB`,
      met,
      notes: `over the whole bench; at last ${served[0].count} PDFs (p50 ${served[0].p50} ms) and ${served[1].count} pages`,
      reason: met ? null : reason,
    };
  } finally {
    pdf.end();
    pages.end();
  }
}

/** Editions that differ in every text, laid beside the sealed one: nothing that was printed before helps. */
async function sealTurned({ owner }: System, edition: { id: string; document: ReportDocument }): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 2; number < SERVED_EDITIONS + 2; number += 1) {
    const document = JSON.stringify(turnText(edition.document, number));
    const [row] = await owner.sql<{ id: string }[]>`
      insert into editions (jurisdiction_id, report_id, number, kind, name, document, sha256, record, seal_sha256, code,
                            sealed_by, sealed_label, sealed_at)
      select jurisdiction_id, report_id, number + ${number}, kind, name, ${document}::jsonb, sha256, record, seal_sha256,
             upper(substr(md5(id::text || ${number}), 1, 10)), sealed_by, sealed_label, sealed_at
        from editions where id = ${edition.id} returning id`;
    if (!row) throw new Error("an edition was not written");
    await owner.sql`
      insert into deliveries (jurisdiction_id, edition_id, to_role, to_organ_id, to_membership_id, delivered_by,
                              delivered_label, delivered_at)
      select jurisdiction_id, ${row.id}, to_role, to_organ_id, to_membership_id, delivered_by, delivered_label, delivered_at
        from deliveries where edition_id = ${edition.id}`;
    ids.push(row.id);
  }
  return ids;
}

/** Linux keeps the highest resident size that a process has had; elsewhere what it has now must do. */
function peakMegabytes(pid: number): number {
  if (process.platform === "linux") {
    const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Math.round(Number(kilobytes) / 1024);
  }
  return Math.round(Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024);
}
