import { defineConfig } from "vitest/config";

/**
 * These put something else in a module's place, which must be theirs alone. All other files share their modules, which
 * halves the work: nothing that they load keeps anything. And no test is quick enough for every machine.
 */
const WITH_MOCKS = ["domain/remark/anchor.test.ts", "app/_server/read-import.test.ts"];
const TOGETHER = { isolate: false, testTimeout: 60_000, setupFiles: ["db/testing/seed-properties.ts"] };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{domain,render,jobs,ui,cli,db,app,e2e,messages}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "**/*.property.test.ts", "**/node_modules/**", ...WITH_MOCKS],
          ...TOGETHER,
        },
      },
      { test: { name: "unit-mocked", include: WITH_MOCKS, testTimeout: 60_000 } },
      {
        // Thousands of made-up cases each: for `npm test`, so that `npm run check` stays quick.
        test: {
          name: "property",
          include: ["{domain,render,cli,app}/**/*.property.test.ts"],
          ...TOGETHER,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: "database",
          include: ["{domain,render,jobs,cli,db,app}/**/*.db.test.ts"],
          globalSetup: ["db/testing/global-setup.ts"],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
