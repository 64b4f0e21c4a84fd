import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{domain,render,jobs,ui,cli,db,app,e2e,messages}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "**/*.property.test.ts", "**/node_modules/**"],
        },
      },
      {
        // Thousands of made-up cases each: for `npm test`, so that `npm run check` stays quick.
        test: {
          name: "property",
          include: ["{domain,render,cli,app}/**/*.property.test.ts"],
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
