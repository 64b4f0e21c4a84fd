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

/** A connection that listens and comes back by itself: `listening` is called whenever it (again) hears everything. */
export type Listen = (heard: (payload: string) => void, listening: () => void) => void;

/**
 * Hands on what the database tells to the pages that this process has open. However many they are, one connection
 * listens for them, from the first subscriber on; other processes have their own.
 */
export class LiveHub {
  private readonly topics = new Map<string, Set<Subscriber>>();
  private listening: Promise<void> | null = null;

  constructor(private readonly listen: Listen) {}

  /** Everything about the topic is heard once `ready` is kept. */
  subscribe(topic: string, subscriber: Subscriber): { ready: Promise<void>; leave: () => void } {
    const all = this.topics.get(topic) ?? new Set();
    this.topics.set(topic, all.add(subscriber));
    this.listening ??= new Promise((done) => {
      let isFirst = true;
      const listening = () => {
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

  /** How many topics somebody listens to. */
  get topicCount(): number {
    return this.topics.size;
  }

  private hear(payload: string): void {
    const signal = Signal.safeParse(parsed(payload));
    if (!signal.success) return;
    for (const subscriber of this.topics.get(signal.data.topic) ?? []) subscriber.hear(signal.data);
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
