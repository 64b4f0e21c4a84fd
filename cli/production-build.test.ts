import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashSources, isBuildCurrent, stampBuild } from "./production-build";

let project: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "huibao-build-"));
  for (const folder of ["app/desk", "fonts", ".next"]) await mkdir(join(project, folder), { recursive: true });
  await writeFile(join(project, "app/desk/page.tsx"), "export default 1;");
  await writeFile(join(project, ".next/BUILD_ID"), "x");
  await stampBuild(project, await hashSources(project));
});

afterEach(() => rm(project, { recursive: true }));

describe("a production build", () => {
  it("is current as long as the sources say the same, whatever their dates", async () => {
    await utimes(join(project, "app/desk/page.tsx"), new Date(), new Date());
    await writeFile(join(project, "app/desk/page.test.tsx"), "a test is not part of the build");
    expect(await isBuildCurrent(project)).toBe(true);
  });

  it("is stale after a page changed, moved, or a font was added", async () => {
    await writeFile(join(project, "app/desk/page.tsx"), "export default 2;");
    expect(await isBuildCurrent(project)).toBe(false);
    await writeFile(join(project, "app/desk/page.tsx"), "export default 1;");
    expect(await isBuildCurrent(project)).toBe(true);
    await writeFile(join(project, "fonts/new.otf"), "");
    expect(await isBuildCurrent(project)).toBe(false);
  });

  it("is stale when it was interrupted or never made", async () => {
    await rm(join(project, ".next/BUILD_ID"));
    expect(await isBuildCurrent(project)).toBe(false);
  });
});
