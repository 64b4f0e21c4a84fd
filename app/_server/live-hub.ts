import { z } from "zod";

/** The channel on which the database tells of what has happened (drizzle/0005), and web processes tell each other. */
export const SIGNAL_CHANNEL = "huibao_signals";

/** What has happened to one thing, e.g. `section:<id>`. Names and numbers only: a text is read by the road of reads. */
const Signal = z.object({
  topic: z.string().min(1).max(100),
  kind: z.string().min(1).max(40),
  data: z.record(z.string(), z.unknown()),
});
export type Signal = z.infer<typeof Signal>;

export type Subscriber = {
  hear: (signal: Signal) => void;
  /** Something may have been missed: the connection on which the database tells of it was away. */
  lookAgain: () => void;
};

/** How long a page may be on its way, and a stream broken, before what it missed is taken for anything. */
const MEMORY_MS = 2 * 60_000;

/** A connection that listens and comes back by itself: `listening` is called whenever it (again) hears everything. */
export type Listen = (heard: (payload: string) => void, listening: () => void) => void;

/**
 * Hands on what the database tells to the pages that this process has open. However many they are, one connection
 * listens for them, from the first subscriber on; other processes have their own.
 */
export class LiveHub {
  private readonly topics = new Map<string, Set<Subscriber>>();
  private listening: Promise<void> | null = null;
  /** When each topic was last heard of, the latest last; and since when nothing can have been missed. */
  private readonly lately = new Map<string, number>();
  private whole = Number.POSITIVE_INFINITY;

  constructor(
    private readonly listen: Listen,
    private readonly now: () => number = Date.now,
  ) {}

  /** Everything about the topic is heard once `ready` is kept. */
  subscribe(topic: string, subscriber: Subscriber): { ready: Promise<void>; leave: () => void } {
    const all = this.topics.get(topic) ?? new Set();
    this.topics.set(topic, all.add(subscriber));
    this.listening ??= new Promise((done) => {
      let isFirst = true;
      const listening = () => {
        this.whole = this.now();
        if (!isFirst) this.lookAgain();
        isFirst = false;
        done();
      };
      this.listen((payload) => this.hear(payload), listening);
    });
    const leave = () => {
      all.delete(subscriber);
      if (all.size === 0 && this.topics.get(topic) === all) this.topics.delete(topic);
    };
    return { ready: this.listening, leave };
  }

  /**
   * Whether anything may have happened to one of the topics since then (milliseconds as Date.now counts): for a page that
   * was read before anybody listened for it. True where that is too long ago to know.
   */
  mayHaveMoved(topics: readonly string[], since: number): boolean {
    if (since < Math.max(this.whole, this.now() - MEMORY_MS)) return true;
    return topics.some((topic) => (this.lately.get(topic) ?? 0) >= since);
  }

  /** How many topics somebody listens to. */
  get topicCount(): number {
    return this.topics.size;
  }

  private hear(payload: string): void {
    const signal = Signal.safeParse(parsed(payload));
    if (!signal.success) return;
    this.remember(signal.data.topic);
    for (const subscriber of this.topics.get(signal.data.topic) ?? []) subscriber.hear(signal.data);
  }

  private remember(topic: string): void {
    const now = this.now();
    this.lately.delete(topic);
    this.lately.set(topic, now);
    for (const [old, at] of this.lately) {
      if (at >= now - MEMORY_MS) break;
      this.lately.delete(old);
    }
  }

  private lookAgain(): void {
    for (const all of this.topics.values()) for (const subscriber of all) subscriber.lookAgain();
  }
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}
