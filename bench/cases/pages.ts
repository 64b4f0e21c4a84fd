import { writeFile } from "node:fs/promises";
import { get } from "node:http";
import { join } from "node:path";
import { startChild } from "../child";
import type { Load, Reading } from "../load";
import { alternate, type Result } from "../result";
import { say } from "../say";
import { signInAs, type System } from "../system";

const CONNECTIONS = 8;
const ROUNDS = 5;
const SECONDS = { warmUp: 3, round: 3 };
/** How far the floor's page may be from the product's in size. */
const SIZE_TOLERANCE = 0.02;

type Case = {
  id: string;
  what: string;
  goal: number;
  url: string;
  cookie: string;
  floorUrl: (bytes: number) => Promise<string>;
};

/** (a) The reading page against its own bytes from a bare route handler. */
export async function measureReading(system: System, reasons: Record<string, string>): Promise<Result[]> {
  const [{ edition }, cookie] = await Promise.all([findPlaces(system), signInAs(system, "rd-wy1")]);
  const url = `${system.origin}/editions/${edition}`;
  const file = join(system.directory, "reading-page.gz");
  await writeFile(file, await compressedBytesOf(url, cookie));
  const floor = await system.startFloor(file);
  return inTurn(
    [{ id: "a", what: "reading page", goal: 0.5, url, cookie, floorUrl: async () => `${floor}/bytes` }],
    reasons,
  );
}

/** (b) The desk, the board and a section in the writer's hands against a bare page of the same size. */
export async function measureWork(system: System, reasons: Record<string, string>): Promise<Result[]> {
  const [{ report, section }, drafter, lead] = await Promise.all([
    findPlaces(system),
    signInAs(system, "nyncj-jb"),
    signInAs(system, "fgj-zhg"),
  ]);
  const floor = await system.startFloor("");
  const common = { goal: 0.6, floorUrl: (bytes: number) => rowsOf(floor, bytes) };
  return inTurn(
    [
      { ...common, id: "b.desk", what: "desk", url: `${system.origin}/desk`, cookie: drafter },
      { ...common, id: "b.board", what: "board", url: `${system.origin}/reports/${report}`, cookie: lead },
      {
        ...common,
        id: "b.section",
        what: "section page",
        url: `${system.origin}/reports/${report}/sections/${section}`,
        cookie: drafter,
      },
    ],
    reasons,
  );
}

async function inTurn(cases: readonly Case[], reasons: Record<string, string>): Promise<Result[]> {
  const load = startChild<Reading, Load>("load.ts");
  try {
    const results: Result[] = [];
    for (const one of cases) results.push(await measure(load, one, reasons[one.id] ?? ""));
    return results;
  } finally {
    load.end();
  }
}

async function measure(load: ReturnType<typeof startChild<Reading, Load>>, one: Case, reason: string): Promise<Result> {
  const { length } = await bodyOf(one.url, one.cookie);
  const floorUrl = await one.floorUrl(length);
  say(`${one.id}: ${one.url} (${length} bytes) against ${floorUrl}`);
  const read = (url: string, cookie: string, seconds: number) =>
    load.ask({
      kind: "read",
      urls: [url],
      headers: { cookie, "accept-encoding": "gzip" },
      connections: CONNECTIONS,
      seconds,
    });
  let last: Load | undefined;
  const rate = async (url: string, cookie: string) => {
    const done = await read(url, cookie, SECONDS.round);
    if (cookie) last = done;
    return done.count / done.seconds;
  };
  await read(floorUrl, "", SECONDS.warmUp);
  await read(one.url, one.cookie, SECONDS.warmUp);
  const rates = await alternate(ROUNDS, { floor: () => rate(floorUrl, ""), product: () => rate(one.url, one.cookie) });
  const met = rates.ratio >= one.goal;
  return {
    id: one.id,
    what: one.what,
    unit: "requests/s",
    floor: rates.floor,
    product: rates.product,
    ratio: rates.ratio,
    goal: `ratio ≥ ${one.goal}`,
    met,
    notes: `${CONNECTIONS} connections; ${length} bytes, ${last?.bytes} compressed; product p50 ${last?.p50} ms, p99 ${last?.p99} ms; rounds ${rates.ratios.join(" ")}`,
    reason: met ? null : reason,
  };
}

async function findPlaces({ owner }: System): Promise<{ edition: string; report: string; section: string }> {
  const [edition] = await owner.sql<{ id: string }[]>`select id from editions where kind = 'meeting' limit 1`;
  const [leaf] = await owner.sql<{ report: string; section: string }[]>`
    select r.slug as report, s.id as section
      from sections s join reports r on r.id = s.report_id join organs o on o.id = s.organ_id join drafts d on d.section_id = s.id
     where r.status = 'collecting' and o.code = 'nyncj' and s.status in ('drafting', 'returned') and d.version > 0
     order by s.position, s.id limit 1`;
  if (!edition || !leaf) throw new Error("the demonstration has no delivered edition or no leaf in writing");
  return { edition: edition.id, ...leaf };
}

/** The floor's address whose page has the size: its number of rows follows from the size of two others. */
async function rowsOf(floor: string, bytes: number): Promise<string> {
  const size = async (rows: number) => (await bodyOf(`${floor}/rows/${rows}`, "")).length;
  const [few, many] = [await size(20), await size(120)];
  const rows = Math.max(0, Math.round(20 + ((bytes - few) * 100) / (many - few)));
  const off = Math.abs((await size(rows)) - bytes) / bytes;
  if (off > SIZE_TOLERANCE) throw new Error(`the floor's page is ${Math.round(off * 100)} % away from ${bytes} bytes`);
  return `${floor}/rows/${rows}`;
}

/** The page uncompressed, as its size is meant. */
async function bodyOf(url: string, cookie: string): Promise<Buffer> {
  const answer = await fetch(url, { headers: { cookie, "accept-encoding": "identity" }, redirect: "manual" });
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

/** fetch() unpacks what is compressed; node:http gives the bytes as they came. */
function compressedBytesOf(url: string, cookie: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { cookie, "accept-encoding": "gzip" } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve(Buffer.concat(chunks)));
    }).on("error", reject);
  });
}
