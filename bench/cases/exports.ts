import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { ReportDocument } from "../../render/report-document";
import { startChild } from "../child";
import type { Load, Reading } from "../load";
import { median, type Result, rounded } from "../result";
import { say } from "../say";
import { signInAs, type System } from "../system";
import { turnText } from "../turn-text";

const GOAL = { slower: 2, memory: 700, preview: 1_000 };
/** Six editions in eight formats, and two files of the report as it stands. */
const EDITIONS = 6;
const FILES = 50;
const CONNECTIONS = 4;
const IDLE_SECONDS = 8;
const PREVIEWS = 7;

/**
 * (h) Fifty files of all formats at once: what pages take meanwhile against what they take with nothing to make, what the
 * worker needs at its peak, and how long a changed text takes to its new page in the preview.
 */
export async function measureExports(system: System, reasons: Record<string, string>): Promise<Result[]> {
  const pages = startChild<Reading, Load>("load.ts");
  try {
    const [lead, report] = [await signInAs(system, "fgj-zhg"), await openReport(system)];
    const [edition] = await system.owner.sql<{ id: string; document: ReportDocument }[]>`
      select id, document from editions where kind = 'meeting' order by number limit 1`;
    if (!edition) throw new Error("the demonstration has no sealed edition");
    const read = (seconds: number) =>
      pages.ask({
        kind: "read",
        urls: [
          `${system.origin}/desk`,
          `${system.origin}/reports/${report}`,
          `${system.origin}/editions/${edition.id}`,
        ],
        headers: { cookie: lead, "accept-encoding": "gzip" },
        connections: CONNECTIONS,
        seconds,
      });
    say("h: fifty files at once");
    // Once alone: everything is warm then, and it is known how long the queue is busy at least.
    const alone = await drained(system, await askForFifty(system, edition, report, lead, 1));
    await read(2);
    const idle = await read(IDLE_SECONDS);
    const started = await askForFifty(system, edition, report, lead, 2);
    const [busy, seconds] = await Promise.all([read(Math.max(2, alone)), drained(system, started)]);
    const ratio = rounded(busy.p95 / idle.p95);
    const peak = peakMegabytes(system.workerPid);
    return [
      {
        id: "h",
        what: "pages while files are made",
        unit: "ms (p95)",
        floor: idle.p95,
        product: busy.p95,
        ratio,
        goal: `≤ ${GOAL.slower} times`,
        met: ratio <= GOAL.slower,
        notes: `${FILES} files, ${rounded(alone)} s alone and ${rounded(seconds)} s with ${CONNECTIONS} readers; p50 ${idle.p50} and ${busy.p50} ms; ${rounded(idle.count / idle.seconds)} and ${rounded(busy.count / busy.seconds)} pages/s; the web's peak ${peakMegabytes(system.webPid)} MB`,
        reason: ratio <= GOAL.slower ? null : (reasons["h"] ?? ""),
      },
      {
        id: "h.memory",
        what: "peak memory of the worker",
        unit: "MB",
        floor: null,
        product: peak,
        ratio: null,
        goal: `< ${GOAL.memory} MB`,
        met: peak < GOAL.memory,
        notes: `over ${2 * FILES} files`,
        reason: peak < GOAL.memory ? null : (reasons["h.memory"] ?? ""),
      },
      await measurePreview(system, report, lead, reasons["h.preview"] ?? ""),
    ];
  } finally {
    pages.end();
  }
}

/** Editions that differ in every text are laid beside the sealed one, as sealing does: the trigger asks for their files. */
async function askForFifty(
  system: System,
  edition: { id: string; document: ReportDocument },
  report: string,
  cookie: string,
  round: number,
): Promise<number> {
  const { sql } = system.owner;
  const startedAt = performance.now();
  for (let index = 1; index <= EDITIONS; index += 1) {
    const number = 1_000 * round + index;
    await sql`
      insert into editions (jurisdiction_id, report_id, number, kind, name, document, sha256, record, seal_sha256, code, sealed_by, sealed_label, sealed_at)
      select jurisdiction_id, report_id, ${number}, kind, name, ${JSON.stringify(turnText(edition.document, number))}::text::jsonb, sha256, record,
             md5(random()::text) || md5(random()::text), upper(substr(md5(random()::text), 1, 10)), sealed_by, sealed_label, sealed_at
        from editions where id = ${edition.id}`;
  }
  await changeText(system, report, `第${round}轮。`);
  for (const format of ["pdf", "docx"]) await ask(system, cookie, { source: "draft", report, format });
  return startedAt;
}

/** Seconds from then until nothing is left to make. */
async function drained({ owner }: System, startedAt: number): Promise<number> {
  for (;;) {
    const [row] = await owner.sql<{ n: number }[]>`
      select count(*)::int as n from graphile_worker.jobs where task_identifier = 'make-file'`;
    if (row?.n === 0) return (performance.now() - startedAt) / 1_000;
    await sleep(20);
  }
}

/** From the commit of a changed text to the last of its new pages, as the preview's own code asks for them. */
async function measurePreview(system: System, report: string, cookie: string, reason: string): Promise<Result> {
  let known = new Set<string>();
  const times: number[] = [];
  const changed: number[] = [];
  let pages = 0;
  for (let run = 0; run <= PREVIEWS; run += 1) {
    const startedAt = await changeText(system, report, `第${run}次改动。`);
    const { id } = await ask(system, cookie, { source: "draft", report, format: "pages" });
    const told = await fetch(`${system.origin}/api/exports/${id}?wait`, { headers: { cookie } });
    const made = (await told.json()) as { pages: { sha256: string }[] };
    const fresh = made.pages.filter(({ sha256 }) => !known.has(sha256));
    for (const { sha256 } of run === 0 ? [] : fresh) {
      const page = await fetch(`${system.origin}/api/exports/pages/${sha256}`, { headers: { cookie } });
      await page.arrayBuffer();
    }
    known = new Set(made.pages.map(({ sha256 }) => sha256));
    if (run === 0) continue;
    pages = made.pages.length;
    times.push(performance.now() - startedAt);
    changed.push(fresh.length);
  }
  const product = rounded(median(times));
  return {
    id: "h.preview",
    what: "preview after a change",
    unit: "ms",
    floor: null,
    product,
    ratio: null,
    goal: `< ${GOAL.preview} ms`,
    met: product < GOAL.preview,
    notes: `${pages} pages, of which ${changed.join(" ")} changed; ${times.map(Math.round).join(" ")} ms`,
    reason: product < GOAL.preview ? null : reason,
  };
}

async function ask(system: System, cookie: string, body: object): Promise<{ id: string }> {
  const answer = await fetch(`${system.origin}/api/exports`, {
    method: "POST",
    headers: { cookie, origin: system.origin, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.status !== 202) throw new Error(`asking answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as { id: string };
}

/** Puts words at the end of the first approved paragraph; gives when that was there for all to read. */
async function changeText({ owner }: System, report: string, words: string): Promise<number> {
  const rows = await owner.sql`
    update revisions set content = jsonb_set(content, '{content,0,content,0,text}',
             to_jsonb(regexp_replace(content #>> '{content,0,content,0,text}', '第\\d+(轮|次改动)。$', '') || ${words}::text))
     where id = (select s.approved_revision_id from sections s join reports r on r.id = s.report_id
                   join revisions v on v.id = s.approved_revision_id
                  where r.slug = ${report} and s.kind = 'text' and v.content #>> '{content,0,content,0,type}' = 'text'
                  order by s.position, s.id limit 1)
    returning id`;
  if (rows.length === 0) throw new Error("no approved text to change");
  return performance.now();
}

/** The report whose texts are all approved: its preview has every page. */
async function openReport({ owner }: System): Promise<string> {
  const [row] = await owner.sql<{ slug: string }[]>`
    select r.slug from reports r join editions e on e.report_id = r.id where e.kind = 'meeting' order by e.sealed_at limit 1`;
  if (!row) throw new Error("the demonstration has no sealed report");
  return row.slug;
}

function peakMegabytes(pid: number): number {
  if (process.platform !== "linux") return 0;
  const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}
