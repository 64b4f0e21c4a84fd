import { readFileSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { processMark } from "../db/embedded/process-mark";
import { signalGroup } from "./part";

interface ProcessRecord {
  pid: number;
  /** The process's start time: tells it from a later process with the same number. */
  mark: string;
}

/** What the pid file says about an instance: the supervisor, where it answers, and the programs it started. */
export interface InstanceRecord extends ProcessRecord {
  address: string | undefined;
  parts: ProcessRecord[];
}

export type FoundInstance =
  | { state: "none" }
  | { state: "running"; record: InstanceRecord }
  | { state: "stale"; record: InstanceRecord | undefined };

/** Judges a pid file's text; `markOf` looks a process up. A file that cannot be read as a record is stale. */
export function judgeInstance(text: string | undefined, markOf: (pid: number) => string | undefined): FoundInstance {
  if (text === undefined) return { state: "none" };
  const record = parseRecord(text);
  if (!record) return { state: "stale", record: undefined };
  return { state: markOf(record.pid) === record.mark ? "running" : "stale", record };
}

export function findInstance(file: string): FoundInstance {
  return judgeInstance(readIfThere(file), processMark);
}

/** Writes the pid file whole: a reader never sees half of it. */
export async function writeInstance(file: string, record: InstanceRecord): Promise<void> {
  await writeFile(`${file}.${process.pid}`, JSON.stringify(record), { mode: 0o600 });
  await rename(`${file}.${process.pid}`, file);
}

export async function removeInstance(file: string): Promise<void> {
  await rm(file, { force: true });
}

/** Ends programs that an instance which was killed left running; returns how many there were. */
export async function endLeftovers(record: InstanceRecord): Promise<number> {
  const alive = () => record.parts.filter((part) => processMark(part.pid) === part.mark);
  const leftovers = alive();
  for (const part of leftovers) signalGroup(part.pid, "SIGTERM");
  for (let waited = 0; waited < 5_000 && alive().length > 0; waited += 50) await sleep(50);
  for (const part of alive()) signalGroup(part.pid, "SIGKILL");
  return leftovers.length;
}

function parseRecord(text: string): InstanceRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is InstanceRecord {
  return isProcessRecord(value) && "parts" in value && Array.isArray(value.parts) && value.parts.every(isProcessRecord);
}

function isProcessRecord(value: unknown): value is ProcessRecord {
  return (
    typeof value === "object" &&
    value !== null &&
    "pid" in value &&
    typeof value.pid === "number" &&
    "mark" in value &&
    typeof value.mark === "string"
  );
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
