/** The browsers' side, in a process of its own: reads one address, or saves sections, over kept connections. */
import { Agent, request } from "node:http";
import { answerTasks } from "./child";
import { contentOf4Kb } from "./content";

export type Reading = {
  kind: "read";
  urls: string[];
  headers: Record<string, string>;
  connections: number;
  seconds: number;
};
/** Each writer saves its own target; several writers on one section each have their own target with the same id. */
export type Saving = { kind: "save"; origin: string; writers: Writer[]; seconds: number; retry: boolean };
export type Writer = { sectionId: string; cookie: string; version: number };

export type Load = { count: number; seconds: number; bytes: number; p50: number; p95: number; p99: number };
/** `refused` are conflicts (409); `revisions` are the numbers that the server acknowledged with what was in them. */
export type Saves = Load & {
  refused: number;
  revisions: { sectionId: string; number: number; mark: string }[];
  others: string[];
};

answerTasks((task: Reading | Saving): Promise<Load | Saves> => (task.kind === "read" ? read(task) : save(task)));

async function read({ urls, headers, connections, seconds }: Reading): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let bytes = 0;
  let turn = 0;
  const elapsed = await together(connections, seconds, async () => {
    const url = urls[turn++ % urls.length] ?? "";
    const startedAt = performance.now();
    const answer = await send(agent, url, { headers });
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
    bytes = answer.body.length;
    times.push(performance.now() - startedAt);
  });
  agent.destroy();
  return { count: times.length, seconds: elapsed, bytes, ...percentiles(times) };
}

async function save({ origin, writers, seconds, retry }: Saving): Promise<Saves> {
  const agent = new Agent({ keepAlive: true, maxSockets: writers.length });
  const times: number[] = [];
  const result = { refused: 0, revisions: [] as Saves["revisions"], others: [] as string[] };
  const queue = [...writers];
  const elapsed = await together(writers.length, seconds, async (hand) => {
    const writer = queue[hand];
    if (!writer) return;
    const mark = `${hand}-${times.length}-${result.refused}`;
    const body = JSON.stringify({ version: writer.version, keep: true, content: contentOf4Kb(mark) });
    const headers = { cookie: writer.cookie, origin, "content-type": "application/json" };
    const startedAt = performance.now();
    const answer = await send(agent, `${origin}/api/sections/${writer.sectionId}/draft`, {
      method: "PUT",
      headers,
      body,
    });
    const said = JSON.parse(answer.body.toString()) as {
      version?: number;
      revision?: number;
      current?: { version: number };
    };
    if (answer.status === 200 && said.version !== undefined && said.revision !== undefined) {
      writer.version = said.version;
      result.revisions.push({ sectionId: writer.sectionId, number: said.revision, mark });
      times.push(performance.now() - startedAt);
    } else if (answer.status === 409 && said.current && retry) {
      writer.version = said.current.version;
      result.refused += 1;
    } else result.others.push(`${answer.status} ${answer.body.toString().slice(0, 200)}`);
  });
  agent.destroy();
  return { count: times.length, seconds: elapsed, bytes: 0, ...percentiles(times), ...result };
}

/** As many hands as connections, each doing one thing after the other; gives the seconds that it took. */
async function together(hands: number, seconds: number, work: (hand: number) => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  const hand = async (index: number) => {
    while (performance.now() < until) await work(index);
  };
  await Promise.all(Array.from({ length: hands }, (_, index) => hand(index)));
  return (performance.now() - startedAt) / 1000;
}

type Sent = { method?: string; headers: Record<string, string>; body?: string };

function send(
  agent: Agent,
  url: string,
  { method = "GET", headers, body }: Sent,
): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        agent,
        method,
        headers: body === undefined ? headers : { ...headers, "content-length": String(Buffer.byteLength(body)) },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) }));
        answer.on("error", reject);
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });
}

function percentiles(times: number[]): { p50: number; p95: number; p99: number } {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
