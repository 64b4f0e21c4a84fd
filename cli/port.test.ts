import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { firstFreePort, wantedPort } from "./port";

describe("the port", () => {
  it("is 3000 unless another is asked for, and refuses what is no port", () => {
    expect(wantedPort(undefined)).toBe(3000);
    expect(wantedPort("8080")).toBe(8080);
    for (const value of ["0", "65536", "-1", "3000x", "8e3"]) expect(() => wantedPort(value)).toThrow(/PORT/);
  });

  it("that is taken gives way to the next free one", async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, "127.0.0.1", () => {
        const address = taken.address();
        resolve(typeof address === "object" && address ? address.port : 0);
      });
    });
    expect(await firstFreePort("127.0.0.1", port)).toBeGreaterThan(port);
    await new Promise((resolve) => taken.close(resolve));
  });
});
