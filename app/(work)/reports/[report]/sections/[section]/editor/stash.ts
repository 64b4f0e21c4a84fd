import type { Schema } from "@tiptap/pm/model";
import type { Content } from "../../../../../../../domain/section/content";
import { readable, readableBlock } from "./readable";
import type { OpenCollision, Stashed } from "./save-queue";

/** The copy of unsaved text in this browser. `write` tells whether it could be kept: storage may be full or forbidden. */
export function stashFor(sectionId: string, schema: Schema) {
  const key = `huibao:draft:${sectionId}`;
  return {
    /** Null where nothing that can be read was kept. `base` is null in a copy of an earlier version of Huibao. */
    read(): { version: number; content: Content; base: Content | null } | null {
      const kept = read(key) as Partial<Stashed> | null;
      const content = readable(schema, kept?.content);
      if (typeof kept?.version !== "number" || !content) return null;
      return { version: kept.version, content, base: readable(schema, kept.base) };
    },
    write: (stashed: Stashed): boolean => write(key, stashed),
    clear: (): void => remove(key),
  };
}

/** Undecided blocks, each under a key of its own: what another tab saves or decides does not touch them. */
export function undecidedFor(sectionId: string, schema: Schema) {
  const prefix = `huibao:undecided:${sectionId}:`;
  return {
    read(): OpenCollision[] {
      return keys()
        .filter((key) => key.startsWith(prefix))
        .flatMap((key) => undecided(schema, read(key)) ?? []);
    },
    write: (collision: OpenCollision): boolean => write(prefix + collision.key, collision),
    remove: (key: string): void => remove(prefix + key),
  };
}

function undecided(schema: Schema, kept: unknown): OpenCollision | null {
  const { key, id, by, at, ...blocks } = (kept ?? {}) as Partial<OpenCollision>;
  const [mine, theirs] = [readableBlock(schema, blocks.mine), readableBlock(schema, blocks.theirs)];
  const isWhole = [key, id, by, at].every((one) => typeof one === "string");
  return isWhole && mine && theirs ? ({ key, id, by, at, mine, theirs } as OpenCollision) : null;
}

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
