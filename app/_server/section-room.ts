import { z } from "zod";
import { BlockId } from "../../domain/section/content-schema";
import type { Send } from "./event-stream";
import type { LiveHub, Signal } from "./live-hub";

/** A window of a browser, as it calls itself. */
export const WindowId = z.string().regex(/^[a-z0-9]{8,32}$/);

/** One window with the section open, as web processes tell each other of it. */
const Here = z.object({
  user: z.uuid(),
  window: WindowId,
  by: z.string().max(200),
  edits: z.boolean(),
  block: BlockId.nullable(),
});
export type Here = z.infer<typeof Here>;

/** What a page is told of another window. */
export type Neighbour = { key: string; by: string; own: boolean; edits: boolean; block: string | null };

/** A page that has gone without a word is gone after this long. */
export const SILENCE_MS = 20_000;
const SWEEP_MS = 5_000;
const WINDOWS_OF_A_PERSON = 4;
const WINDOWS = 24;

type Member = { user: string; window: string; send: Send; lookAgain: () => void };
type Seen = { one: Here; at: number };
type Tell = (signal: Signal) => void;

/**
 * The pages of this process that have one section open, and who else has it open, in whatever process. Nothing of it is
 * kept: a room that fills anew asks the others who is there.
 */
class SectionRoom {
  private readonly members = new Set<Member>();
  private readonly here = new Map<string, Seen>();
  private readonly sweeping = setInterval(() => this.sweep(), SWEEP_MS);
  readonly entered: { ready: Promise<void>; leave: () => void };

  constructor(
    hub: LiveHub,
    private readonly topic: string,
    private readonly tell: Tell,
    private readonly now: () => number,
  ) {
    this.sweeping.unref();
    this.entered = hub.subscribe(topic, {
      hear: (signal) => this.hear(signal),
      lookAgain: () => {
        for (const member of this.members) member.lookAgain();
        this.ask();
      },
    });
    void this.entered.ready.then(() => this.ask());
  }

  add(member: Member): void {
    this.members.add(member);
    if (this.here.size > 0) this.show(member);
  }

  /** True when the last one has left. */
  remove(member: Member): boolean {
    this.members.delete(member);
    if (this.members.size > 0) return false;
    clearInterval(this.sweeping);
    this.entered.leave();
    return true;
  }

  private ask(): void {
    this.tell({ topic: this.topic, kind: "who", data: {} });
  }

  private hear({ kind, data }: Signal): void {
    if (kind === "here") this.seen(Here.safeParse(data).data);
    else if (kind === "left") this.left(Left.safeParse(data).data);
    else if (kind === "who") this.answer();
    else for (const { send } of this.members) send(kind, data);
  }

  private seen(one: Here | undefined): void {
    if (!one) return;
    const key = keyOf(one);
    const known = this.here.get(key)?.one;
    if (!known && !this.hasRoomFor(one)) return;
    this.here.set(key, { one, at: this.now() });
    if (known?.block !== one.block || known.edits !== one.edits) this.showAll();
  }

  private hasRoomFor({ user }: Here): boolean {
    const own = [...this.here.values()].filter(({ one }) => one.user === user);
    return this.here.size < WINDOWS && own.length < WINDOWS_OF_A_PERSON;
  }

  private left(one: z.infer<typeof Left> | undefined): void {
    if (one && this.here.delete(keyOf(one))) this.showAll();
  }

  /** Somebody has just come, here or elsewhere: each process answers for its own pages. */
  private answer(): void {
    const mine = new Set([...this.members].map(keyOf));
    for (const [key, { one }] of this.here)
      if (mine.has(key)) this.tell({ topic: this.topic, kind: "here", data: one });
  }

  private sweep(): void {
    const until = this.now() - SILENCE_MS;
    const gone = [...this.here].filter(([, { at }]) => at < until);
    for (const [key] of gone) this.here.delete(key);
    if (gone.length > 0) this.showAll();
  }

  private showAll(): void {
    for (const member of this.members) this.show(member);
  }

  private show(member: Member): void {
    const others: Neighbour[] = [...this.here.values()]
      .filter(({ one }) => keyOf(one) !== keyOf(member))
      .map(({ one: { user, window, by, edits, block } }) => ({
        key: window,
        by,
        own: user === member.user,
        edits,
        block,
      }));
    member.send("people", { others });
  }
}

const Left = Here.pick({ user: true, window: true });
const keyOf = (one: { user: string; window: string }): string => `${one.user}:${one.window}`;

/** All rooms of this process. `tell` reaches every process, this one too. */
export class SectionRooms {
  private readonly rooms = new Map<string, SectionRoom>();

  constructor(
    private readonly hub: LiveHub,
    private readonly tell: Tell,
    private readonly now: () => number = Date.now,
  ) {}

  /** From the moment that `ready` is kept the member hears everything that happens to the section. */
  enter(sectionId: string, member: Member): { ready: Promise<void>; leave: () => void } {
    const topic = topicOf(sectionId);
    const room = this.rooms.get(topic) ?? new SectionRoom(this.hub, topic, this.tell, this.now);
    this.rooms.set(topic, room);
    room.add(member);
    const leave = () => {
      if (room.remove(member) && this.rooms.get(topic) === room) this.rooms.delete(topic);
    };
    return { ready: room.entered.ready, leave };
  }

  get size(): number {
    return this.rooms.size;
  }
}

/** As the database writes an id, however it was typed. */
export const topicOf = (sectionId: string): string => `section:${sectionId.toLowerCase()}`;
