import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { chromium } from "@playwright/test";
import { installPackages, mayInstallPackages } from "../server/cli/apt.ts";
import { bringXgboost } from "../server/cli/bring-xgboost.ts";
import { openTerminal } from "../server/cli/terminal.ts";
import { type Counts, countPlaywright, countVitest, summary } from "./counts.ts";

/** `npm test`: brings what the machine lacks, then every check there is, and stops at the first that fails. */
const checkout = path.resolve(import.meta.dirname, "..");
const reports = await mkdtemp(path.join(os.tmpdir(), "ostap-test-"));
const vitestJson = path.join(reports, "vitest.json");
const playwrightJson = path.join(reports, "playwright.json");

interface Stage {
  name: string;
  run(): Promise<number>;
}

const closing: string[] = [];

const stages: Stage[] = [
  { name: "system libraries", run: bringLibraries },
  { name: "check", run: () => run("npm", ["run", "--silent", "check"]) },
  {
    name: "unit and database tests",
    run: () =>
      run("vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestJson}`], {
        closingFrom: /^\s*Test Files /,
      }),
  },
  { name: "build", run: () => run("npm", ["run", "--silent", "build"]) },
  {
    name: "browser tests",
    run: () =>
      run("playwright", ["test", "-c", "e2e/playwright.config.ts", "--reporter=list,json"], {
        closingFrom: /^\s*\d+ (passed|failed|flaky|skipped|did not run|interrupted)/,
        env: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightJson, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightJson },
      }),
  },
];

async function bringLibraries(): Promise<number> {
  await bringXgboost(openTerminal("en"), process.env.XGBOOST_LIBRARY || undefined);
  const missing: string[] = [];
  if (!existsSync("/usr/bin/chromium") && !existsSync(chromium.executablePath())) missing.push("chromium");
  // XGBoost's own program trains on an export; packages of other systems leave it out, and the test is skipped there.
  if (process.platform === "linux" && spawnSync("xgboost", ["-V"]).status !== 0) missing.push("xgboost");
  if (missing.length === 0) return 0;
  if (!mayInstallPackages()) {
    console.error(
      `Needed: sudo apt-get install ${missing.join(" ")} (chromium also by: npx playwright install chromium)`,
    );
    return 1;
  }
  console.error(`Installing ${missing.join(", ")}…`);
  await installPackages(missing);
  return 0;
}

/** Runs a program of this project and shows what it says; keeps its last words from the line that matches. */
async function run(
  program: string,
  args: string[],
  { closingFrom, env = {} }: { closingFrom?: RegExp; env?: Record<string, string> } = {},
): Promise<number> {
  const child = spawn(program, args, {
    cwd: checkout,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CI: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      process.stdout.write(chunk);
      said += chunk.toString("utf8");
    });
  }
  const [code] = await once(child, "close");
  if (closingFrom) {
    const lines = stripVTControlCharacters(said).split("\n");
    const from = lines.findIndex((line) => closingFrom.test(line));
    if (from >= 0) closing.push(...lines.slice(from).filter((line) => line.trim() !== ""));
  }
  return code ?? 1;
}

async function readJson(file: string): Promise<unknown> {
  return existsSync(file) ? JSON.parse(await readFile(file, "utf8")) : null;
}

let exitCode = 0;
for (const stage of stages) {
  const began = performance.now();
  console.log(`\n== ${stage.name}`);
  exitCode = await stage.run();
  console.log(
    `== ${stage.name}: ${exitCode === 0 ? "ok" : "failed"}, ${Math.round((performance.now() - began) / 1000)} s`,
  );
  if (exitCode !== 0) break;
}

const counts: Counts[] = [countVitest(await readJson(vitestJson)), countPlaywright(await readJson(playwrightJson))];
await rm(reports, { recursive: true });
console.log(`\n${[...closing, summary(counts)].join("\n")}`);
process.exitCode = exitCode;
