import { closeSync, openSync } from "node:fs";
import { isatty } from "node:tty";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
// npm, tsx and the terminal may each pass on one and the same Ctrl-C.
const SAME_KEYSTROKE_MS = 500;

export interface StopRequest {
  /** Aborted at the first request to stop. */
  signal: AbortSignal;
}

/** Listens for Ctrl-C, SIGTERM and SIGHUP. The first asks for an orderly stop, a second one calls `kill`. */
export function listenForStop(kill: () => void): StopRequest {
  const controller = new AbortController();
  const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
  let firstAt: number | undefined;
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (name === "SIGHUP") letGoOfTerminal(terminals);
      const now = performance.now();
      if (firstAt === undefined) {
        firstAt = now;
        controller.abort();
      } else if (now - firstAt > SAME_KEYSTROKE_MS && name !== "SIGHUP") {
        kill();
      }
    });
  }
  return { signal: controller.signal };
}

// Node aborts at exit when it cannot restore the settings of a terminal that was closed; one that was replaced it skips.
function letGoOfTerminal(descriptors: readonly number[]): void {
  if (process.platform === "win32") return;
  for (const descriptor of descriptors) {
    closeSync(descriptor);
    openSync("/dev/null", "r+");
  }
}
