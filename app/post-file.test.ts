import { afterEach, expect, test, vi } from "vitest";
import { postFile } from "./post-file";

afterEach(() => vi.unstubAllGlobals());

/** A server that answers every file so. */
function answering(status: number, responseText: string): void {
  class Answered extends EventTarget {
    readonly upload = new EventTarget();
    readonly status = status;
    readonly responseText = responseText;
    open(): void {}
    send(): void {
      this.dispatchEvent(new Event("load"));
    }
  }
  vi.stubGlobal("XMLHttpRequest", Answered);
}

test.each([
  ["is busy and asks to wait", `{"key":"refused-busy"}`, { status: "refused", key: "refused-busy", params: {} }],
  ["has a full disk", `{"outage":"disk-full"}`, { status: "full" }],
  ["has no database", `{"outage":"database-away"}`, { status: "offline" }],
  ["is away, as the proxy before it says", "<html>503</html>", { status: "offline" }],
])("a server that %s is told from one that is away", async (_, body, outcome) => {
  answering(503, body);
  expect(await postFile("/api/new-report", new FormData(), () => undefined)).toEqual(outcome);
});

test("a server that answers nothing for too long is told as away", async () => {
  let waits = 0;
  class Silent extends EventTarget {
    readonly upload = new EventTarget();
    timeout = 0;
    open(): void {}
    send(): void {
      waits = this.timeout;
      this.dispatchEvent(new Event("timeout"));
    }
  }
  vi.stubGlobal("XMLHttpRequest", Silent);
  expect(await postFile("/api/new-report", new FormData(), () => undefined)).toEqual({ status: "offline" });
  expect(waits).toBe(5 * 60_000);
});
