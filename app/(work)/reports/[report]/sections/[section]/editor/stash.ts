import { z } from "zod";
import { Content } from "../../../../../../../domain/section/content";
import type { OpenCollision, Stashed } from "./save-queue";

/** The copy of unsaved text in this browser. `write` tells whether it could be kept: storage may be full or forbidden. */
export function stashFor(sectionId: string) {
  const key = `huibao:draft:${sectionId}`;
  return {
    /** `base` is null in a copy that an earlier version of Huibao kept. */
    read(): { version: number; content: Content; base: Content | null } | null {
      const kept = read(key) as Partial<Stashed> | null;
      if (typeof kept?.version !== "number" || !kept.content) return null;
      const base = Content.safeParse(kept.base);
      return { version: kept.version, content: kept.content, base: base.success ? base.data : null };
    },
    write: (stashed: Stashed): boolean => write(key, stashed),
    clear: (): void => remove(key),
  };
}

/** Undecided blocks, each under a key of its own: what another tab saves or decides does not touch them. */
export function undecidedFor(sectionId: string) {
  const prefix = `huibao:undecided:${sectionId}:`;
  return {
    read(): OpenCollision[] {
      return keys()
        .filter((key) => key.startsWith(prefix))
        .flatMap((key) => Undecided.safeParse(read(key)).data ?? []);
    },
    write: (collision: OpenCollision): boolean => write(prefix + collision.key, collision),
    remove: (key: string): void => remove(prefix + key),
  };
}

const Block = Content.shape.content.element;
const Undecided = z.object({
  key: z.string(),
  id: z.string(),
  mine: Block,
  theirs: Block,
  by: z.string(),
  at: z.string(),
});

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function remove(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was stored.
  }
}

function keys(): string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}
