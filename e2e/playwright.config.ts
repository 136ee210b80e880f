import { existsSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "@playwright/test";

const checkout = path.resolve(import.meta.dirname, "..");
const port = 3800;
const debianChromium = "/usr/bin/chromium";

/** What CHROMIUM_PATH names, else Debian's, else the one that Playwright downloads. */
const executablePath = process.env.CHROMIUM_PATH || (existsSync(debianChromium) ? debianChromium : undefined);

/** The walks of all screens; for them alone: `--no-deps`. */
const screens = /screens-(workspace|admin)\.spec\.ts$/;

export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: path.join(checkout, "test-results"),
  fullyParallel: false,
  workers: 2,
  projects: [
    // A story changes the market and may look at all of it: one at a time.
    { name: "stories", testIgnore: screens, workers: 1 },
    // The walks only look, and what managers see is none of the owner's: both at once, when nobody else is there.
    { name: "screens", testMatch: screens, dependencies: ["stories"] },
  ],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  // Three hundred stories in one real browser: a second try is told as flaky in the closing lines.
  retries: process.env.CI ? 1 : 0,
  reporter: "list",
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1440, height: 900 },
    locale: "ru-RU",
    timezoneId: "Asia/Novosibirsk",
    // What cannot be clicked is told at once, and not when the whole story has run out of time.
    actionTimeout: 15_000,
    trace: "retain-on-failure",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    // A small market through the real importer and the real training; a second run finds it there.
    command:
      "node server/cli/demo.ts --no-serve --deals 1200 --premises 300 --managers 12 --seed 7 && exec node server/cli/start.ts",
    cwd: checkout,
    url: `http://127.0.0.1:${port}/api/health`,
    timeout: 420_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stdout: "ignore",
    stderr: "pipe",
    env: {
      OSTAP_HOME: path.join(checkout, ".ostap-e2e"),
      PORT: String(port),
      DATABASE_URL: "",
      LANG: "ru",
      LOG_LEVEL: "warn",
    },
  },
});
