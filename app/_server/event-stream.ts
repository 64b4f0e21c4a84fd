import { outage } from "../../domain/kernel/errors";

/** A comment now and then, so that a proxy keeps the stream open and a dead one is noticed. */
const BEAT_MS = 15_000;
const CHECK_MS = 60_000;
/** A reader that takes nothing for so many beats is gone. */
const PATIENCE_BEATS = 4;
/** How long a browser waits before it comes back. */
const RETRY_MS = 2_000;

export type Send = (event: string, data: object) => void;

/**
 * Server-sent events to one page. An event that the page has not taken yet is replaced by the next of its name, so a
 * stream holds no more than one of each. Every minute `check` decides whether it may go on. No transaction and no
 * pooled connection is held between events.
 */
export class EventStream {
  private waiting = new Map<string, string>();
  private controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  private timers: ReturnType<typeof setInterval>[] = [];
  private readonly endings: (() => void)[] = [];
  private unread = 0;
  private ended = false;

  readonly send: Send = (event, data) => {
    if (this.ended) return;
    this.waiting.set(event, JSON.stringify(data));
    this.flush();
  };

  /** Called once, however the stream ends. */
  onEnd(ending: () => void): void {
    if (this.ended) ending();
    else this.endings.push(ending);
  }

  response(signal: AbortSignal, check: () => Promise<boolean>): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.controller = controller;
        controller.enqueue(encode(`retry: ${RETRY_MS}\n\n`));
      },
      pull: () => this.flush(),
      cancel: () => this.end(),
    });
    signal.addEventListener("abort", () => this.end(), { once: true });
    if (signal.aborted) this.end();
    else {
      this.timers = [
        setInterval(() => this.beat(), BEAT_MS),
        // Not all at the same second after a restart.
        setInterval(() => void this.check(check), CHECK_MS * (0.8 + Math.random() * 0.4)),
      ];
      for (const timer of this.timers) timer.unref();
    }
    return new Response(body, { headers: HEADERS });
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    for (const timer of this.timers) clearInterval(timer);
    this.waiting.clear();
    try {
      this.controller?.close();
    } catch {
      // The reader was first.
    }
    for (const ending of this.endings) ending();
  }

  private flush(): void {
    const { controller } = this;
    if (!controller || this.ended) return;
    for (const [event, data] of this.waiting) {
      if ((controller.desiredSize ?? 0) <= 0) return;
      this.waiting.delete(event);
      controller.enqueue(encode(`event: ${event}\ndata: ${data}\n\n`));
    }
    this.unread = 0;
  }

  private beat(): void {
    if ((this.controller?.desiredSize ?? 0) > 0) this.controller?.enqueue(encode(":\n\n"));
    else if ((this.unread += 1) >= PATIENCE_BEATS) this.end();
  }

  private async check(mayGoOn: () => Promise<boolean>): Promise<void> {
    // A database that is away says nothing about the person; nothing is told meanwhile either.
    const goesOn = await mayGoOn().catch((error: unknown) => outage(error) !== null);
    if (!goesOn) this.end();
  }
}

/**
 * `no-transform`: a proxy or Next itself would compress, and hold events back until there is enough to compress. `close`:
 * on a connection that is kept, the browser would ask a stopping process again and again, and keep it from stopping.
 */
const HEADERS = {
  connection: "close",
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "private, no-cache, no-transform",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
};

const encoder = new TextEncoder();
const encode = (text: string): Uint8Array => encoder.encode(text);
