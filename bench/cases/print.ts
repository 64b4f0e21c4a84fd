import { chromium, type Page } from "playwright";
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

const GOAL = { speed: 10, memory: 450 };
const RUNS = 7;
const WARM_RUNS = 2;
const SERVED_EDITIONS = 24;
const SERVING_SECONDS = 20;

/** (d) The whole report on paper, every text changed each time, against Chromium printing the same page. */
export async function measurePrint(system: System, reasons: Record<string, string>): Promise<Result[]> {
  const [edition] = await system.owner.sql<{ id: string; document: ReportDocument }[]>`
    select e.id, e.document from editions e join deliveries d on d.edition_id = e.id limit 1`;
  if (!edition) throw new Error("the demonstration has no delivered edition");
  const speed = await measureSpeed(system, edition, reasons["d"] ?? "");
  return [speed, await measureMemory(system, edition, reasons["d.memory"] ?? "")];
}

async function measureSpeed(
  system: System,
  edition: { id: string; document: ReportDocument },
  reason: string,
): Promise<Result> {
  const { executablePath } = await findBrowser();
  const printer = startChild<PrintTask, Printed>("print-child.ts");
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-background-networking", "--no-first-run"],
  });
  try {
    say(`d: printing with and without ${executablePath}`);
    const page = await browser.newPage();
    const [name = "", value = ""] = (await signInAs(system, "rd-wy1")).split("=");
    await page.context().addCookies([{ name, value, url: system.origin }]);
    await page.goto(`${system.origin}/editions/${edition.id}`, { waitUntil: "networkidle" });
    const times = { floor: [] as number[], product: [] as number[] };
    for (let run = 0; run < WARM_RUNS + RUNS; run += 1) {
      const floor = await printInBrowser(page, edition.document, run + 1);
      const product = await printer.ask({ document: edition.document, by: run + 1 });
      if (run < WARM_RUNS) continue;
      times.floor.push(floor.milliseconds);
      times.product.push(product.milliseconds);
    }
    const ratio = rounded(median(times.floor.map((floor, run) => floor / (times.product[run] ?? Number.NaN))));
    const met = ratio >= GOAL.speed;
    return {
      id: "d",
      what: "PDF of the whole report",
      unit: "ms",
      floor: rounded(median(times.floor)),
      product: rounded(median(times.product)),
      ratio,
      goal: `${GOAL.speed} times faster`,
      met,
      notes: `${RUNS} runs; product ${times.product.map(Math.round).join(" ")} ms, Chromium ${times.floor.map(Math.round).join(" ")} ms`,
      reason: met ? null : reason,
    };
  } finally {
    await browser.close();
    printer.end();
  }
}

/** From the changed text to the PDF's bytes, as on our side: into the open page, laid out with its fonts, printed. */
async function printInBrowser(page: Page, document: ReportDocument, by: number): Promise<{ milliseconds: number }> {
  const html = toArticleHtml(turnText(document, by));
  const startedAt = performance.now();
  await page.evaluate(async (text) => {
    const article = window.document.querySelector("article.doc");
    if (!article) throw new Error("the reading page has no text");
    article.outerHTML = text;
    window.document.body.getBoundingClientRect();
    await window.document.fonts.ready;
  }, html);
  await page.pdf({ format: "A4" });
  return { milliseconds: performance.now() - startedAt };
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
      insert into editions (jurisdiction_id, report_id, number, kind, name, document, sha256, sealed_by, sealed_label, sealed_at)
      select jurisdiction_id, report_id, number + ${number}, kind, name, ${document}::jsonb, sha256, sealed_by, sealed_label, sealed_at
        from editions where id = ${edition.id} returning id`;
    if (!row) throw new Error("an edition was not written");
    await owner.sql`
      insert into deliveries (jurisdiction_id, edition_id, delivered_by, delivered_label, delivered_at)
      select jurisdiction_id, ${row.id}, delivered_by, delivered_label, delivered_at from deliveries where edition_id = ${edition.id}`;
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
