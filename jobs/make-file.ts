import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Database } from "../db/client";
import { fileSourceOf, readSealed } from "../domain/export/sealed";
import {
  bytesOfFormat,
  fail,
  finish,
  formatsThere,
  isSuperseded,
  keepEditionFile,
  takeUp,
  tellStep,
} from "../domain/export/work";
import { wallClock, type Clock } from "../domain/kernel/clock";
import { type DocumentFormat, FORMATS } from "../render/formats";
import { makerName } from "../render/maker";
import { RenderError } from "../render/render-error";
import { archiveOf, formatsOf } from "./archive";
import { makeRequested } from "./make-requested";

/** What the triggers of drizzle/0013 enqueue: a file of an edition, or what somebody asked for. */
const Payload = z.union([
  z.object({ export: z.uuid() }),
  z.object({ edition: z.uuid(), format: z.enum(["pdf", "docx", "xlsx", "html", "md", "txt", "json", "zip"]) }),
]);

/** Of a request: taken in hand, made, kept. */
const STEPS = 3;

export type Attempt = { number: number; most: number };

/**
 * The job of that name. A text that cannot be printed fails the request in words; of an edition's file the queue tries
 * again (a face may have been put back), and its reason is what the queue remembers. Bears being killed and run again.
 */
export async function runMakeFile(
  db: Database,
  payload: unknown,
  { attempt = { number: 1, most: 1 }, now = wallClock }: { attempt?: Attempt; now?: Clock } = {},
): Promise<void> {
  const asked = Payload.parse(payload);
  if ("export" in asked) return makeExport(db, asked.export, attempt, now);
  try {
    await makeEditionFile(db, asked.edition, asked.format, now);
  } catch (error) {
    throw error instanceof RenderError ? refusalForQueue(error) : error;
  }
}

/** What domain/export/queries.ts reads back. */
const refusalForQueue = ({ key, details }: RenderError): Error =>
  new Error(`render-refused ${JSON.stringify({ key, details: details.slice(0, DETAILS) })}`);
const DETAILS = 20;

async function makeExport(db: Database, id: string, attempt: Attempt, now: Clock): Promise<void> {
  const request = await takeUp(db, id, STEPS, now());
  if (!request) return;
  try {
    if (request.format === "pages" && (await isSuperseded(db, request))) {
      return await fail(db, id, { key: "superseded", details: [] }, now());
    }
    await tellStep(db, id, 1);
    const parts = await makeRequested(db, request);
    await tellStep(db, id, 2);
    await finish(db, request, parts, now());
  } catch (error) {
    if (error instanceof RenderError) {
      return fail(db, id, { key: error.key, details: error.details.slice(0, DETAILS) }, now());
    }
    if (attempt.number >= attempt.most) await fail(db, id, { key: "gave-up", details: [] }, now());
    throw error;
  }
}

async function makeEditionFile(db: Database, editionId: string, format: DocumentFormat | "zip", now: Clock) {
  const there = await formatsThere(db, editionId);
  if (there.has(format)) return;
  const [edition] = await readSealed(db, { id: editionId });
  if (!edition) return;
  const keep = async (kept: DocumentFormat | "zip", bytes: Uint8Array) => {
    const { jurisdictionId } = edition;
    await keepEditionFile(db, { editionId, format: kept, jurisdictionId, bytes, maker: makerName() }, now());
    return bytes;
  };
  const made = async (one: DocumentFormat) => keep(one, await FORMATS[one].make(fileSourceOf(edition)));
  if (format !== "zip") {
    await made(format);
    return;
  }
  const formats = [];
  for (const one of formatsOf(edition)) {
    const bytes = (there.has(one) ? await bytesOfFormat(db, editionId, one) : null) ?? (await made(one));
    formats.push({ format: one, extension: FORMATS[one].extension, bytes });
    // Between two files the desks' jobs have their turn.
    await sleep(0);
  }
  await keep("zip", await archiveOf(db, edition, formats));
}
