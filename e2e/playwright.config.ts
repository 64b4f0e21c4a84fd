import { defineConfig } from "playwright/test";

/**
 * Stories against the production build, in a real browser. global-setup.ts starts the system; nothing is built here.
 * A trace films every step of every story and takes a quarter of all the work, so it is for the one that is looked into:
 * `--trace retain-on-failure`. A story that fails leaves a screenshot and what the page said.
 */
export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../test-results",
  globalSetup: "./global-setup.ts",
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Long enough for a machine that is many times slower than ours; nothing waits for them when all is well.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    screenshot: "only-on-failure",
  },
});
