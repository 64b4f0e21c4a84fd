import type { Content } from "../../../../../../../domain/section/content";

/** The copy of unsaved text in this browser. Storage that is full or forbidden is no reason to stop writing. */
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
    write(version: number, content: Content): void {
      try {
        localStorage.setItem(key, JSON.stringify({ version, content }));
      } catch {
        // Kept on the screen and, as soon as it can be, on the server.
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
