import "server-only";
import { database } from "./database";
import { EventStream } from "./event-stream";
import { listenOn } from "./listen";
import { LiveHub, type Signal, SIGNAL_CHANNEL } from "./live-hub";
import { Pace } from "./pace";
import { SectionRooms } from "./section-room";

/** Streams of one person: the browser itself opens six of a site at most. */
const STREAMS_OF_A_PERSON = 12;
const STREAMS = 2_000;

/** A caret that moves is told once a second, a page that rests every ten; several windows share one sign-in. */
const PACE = { burst: 20, everyMs: 250, most: 10_000 };

type Live = {
  hub: LiveHub;
  rooms: SectionRooms;
  /** How often a sign-in may say where it is. */
  pace: Pace;
  /** Tells every web process; nobody waits for it, and what cannot be told now is told again soon. */
  tell: (signal: Signal) => void;
  open: Map<EventStream, string>;
  stopping: boolean;
};

/** One for this process, kept across hot reloads in development as the pool is. */
const shared = globalThis as typeof globalThis & { huibaoLive?: Live };

export function live(): Live {
  return (shared.huibaoLive ??= start());
}

/** A stream for this person, or null when the process is about to stop or has too many; their oldest makes room. */
export function openStream(userId: string): EventStream | null {
  const { open, stopping } = live();
  if (stopping || open.size >= STREAMS) return null;
  const own = [...open].filter(([, owner]) => owner === userId);
  if (own.length >= STREAMS_OF_A_PERSON) own[0]?.[0].end();
  const stream = new EventStream();
  open.set(stream, userId);
  stream.onEnd(() => open.delete(stream));
  return stream;
}

/** Whoever signs out or changes their post hears no more here; their other windows come back as who they are now. */
export function endStreams(userId: string): void {
  for (const [stream, owner] of shared.huibaoLive?.open ?? []) if (owner === userId) stream.end();
}

function tell(signal: Signal): void {
  database().sql`select pg_notify(${SIGNAL_CHANNEL}, ${JSON.stringify(signal)})`.catch(() => {});
}

function start(): Live {
  const hub = new LiveHub(listenOn(process.env["APP_DATABASE_URL"] ?? ""));
  const started: Live = {
    hub,
    rooms: new SectionRooms(hub, tell),
    pace: new Pace(PACE),
    tell,
    open: new Map(),
    stopping: false,
  };
  // Next waits for every answer to end before it stops: these never would.
  const stop = () => {
    started.stopping = true;
    for (const stream of started.open.keys()) stream.end();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  return started;
}
