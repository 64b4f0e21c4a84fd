import type { Content } from "../../../../../../../domain/section/content";

/** The copy of unsaved text in this browser. `write` tells whether it could be kept: storage may be full or forbidden. */
export function stashFor(sectionId: string) {
  const key = `huibao:draft:${sectionId}`;
  return {
    read(): { version: number; content: Content } | null {
      try {
        return JSON.parse(localStorage.getItem(key) ?? "null") as { version: number; content: Content } | null;
      } catch {
        return null;
      }
    },
    write(version: number, content: Content): boolean {
      try {
        localStorage.setItem(key, JSON.stringify({ version, content }));
        return true;
      } catch {
        return false;
      }
    },
    clear(): void {
      try {
        localStorage.removeItem(key);
      } catch {
        // Nothing was stored.
      }
    },
  };
}
