import { z } from "zod";
import type { Database } from "../db/client";
import { wallClock, type Clock } from "../domain/kernel/clock";
import { isCallable } from "../domain/notice/callable";
import { placeOf } from "../domain/notice/place";
import { callWebhook, type OutgoingCall } from "../domain/notice/send-out";
import { signedCall } from "../domain/notice/webhook";

const Payload = z.object({ call: z.uuid() });
const PATIENCE_MS = 10_000;

/** The job of that name. `origin` is our own address, for the link; `mayCall` says to where calls go. */
export async function runCallWebhook(
  db: Database,
  payload: unknown,
  origin: string,
  { now = wallClock, mayCall = isCallable }: { now?: Clock; mayCall?: typeof isCallable } = {},
): Promise<void> {
  await callWebhook(db, Payload.parse(payload).call, now, async (call) => {
    if (!mayCall(call.url)) throw new Error("not an address for calls");
    await post(call, origin, now);
  });
}

/** No redirects: what is signed goes to the address that was set and nowhere else. Any answer but 2xx is a failure. */
async function post({ id, url, secret, facts }: OutgoingCall, origin: string, now: Clock): Promise<void> {
  const link = `${origin}${placeOf(facts, null) ?? "/desk"}`;
  const body = { id, event: facts.event, at: new Date(facts.at).toISOString(), report: facts.reportSlug, link };
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...signedCall(secret, body, now()),
  }).catch((error: unknown) => {
    throw new Error(reasonOf(error), { cause: error });
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
}

/** fetch says only that it failed; its cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (error.name === "TimeoutError") return "no answer in time";
  if (!(cause instanceof Error)) return error.message;
  return "code" in cause ? String(cause.code) : cause.message;
}
