import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { installed, makerName } from "./maker";

const lock = (packages: object) => JSON.stringify({ lockfileVersion: 3, packages });

describe("what makes files here", () => {
  it("has one name, of what the bytes depend on", () => {
    expect(makerName()).toMatch(/^huibao-[0-9a-f]{16}$/);
    expect(makerName()).toBe(makerName());
  });

  it("counts the libraries' own libraries, each where Node finds it", () => {
    const packages = {
      "": { dependencies: { docx: "1", next: "1" } },
      "node_modules/docx": { version: "9.0.0", dependencies: { jszip: "*" } },
      "node_modules/docx/node_modules/jszip": { version: "3.0.0", dependencies: { pako: "*", loop: "*" } },
      "node_modules/jszip": { version: "2.0.0" },
      "node_modules/pako": { version: "1.0.0" },
      "node_modules/loop": { version: "1.0.0", dependencies: { docx: "*" } },
      "node_modules/next": { version: "16.0.0" },
    };
    expect(installed(lock(packages))).toEqual([
      "node_modules/docx 9.0.0",
      "node_modules/docx/node_modules/jszip 3.0.0",
      "node_modules/loop 1.0.0",
      "node_modules/pako 1.0.0",
    ]);
  });

  it("knows of this installation what packs the workbooks and documents", () => {
    const names = installed(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
    for (const library of ["docx", "exceljs", "jszip", "fflate", "archiver", "decimal.js", "uqr"])
      expect(
        names.some((name) => name.startsWith(`node_modules/${library} `)),
        library,
      ).toBe(true);
    expect(names.some((name) => name.startsWith("node_modules/next "))).toBe(false);
  });
});
