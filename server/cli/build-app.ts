import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { hold } from "#/db/process-lock.ts";
import type { Terminal } from "./terminal.ts";

export const checkout = path.resolve(import.meta.dirname, "../..");

const sources = ["app", "db", "messages", "ml", "server"];
const settings = ["next.config.js", "package-lock.json", "postcss.config.cjs", "proxy.ts", "tsconfig.json"];
const buildId = path.join(checkout, ".next", "BUILD_ID");

/** Builds the screens where there is no build or a source is newer; two that ask at once build once. */
export async function buildIfNeeded(terminal: Terminal): Promise<void> {
  if (await isFresh()) return;
  const locks = path.join(checkout, "node_modules", ".cache", "ostap");
  await mkdir(locks, { recursive: true });
  const lock = await hold(path.join(locks, "build.lock"), 600_000);
  try {
    if (await isFresh()) return;
    terminal.note({ ru: "Собираю экраны (около минуты)…", en: "Building the screens (about a minute)…" });
    const next = path.join(checkout, "node_modules", "next", "dist", "bin", "next");
    const child = spawn(process.execPath, [next, "build"], {
      cwd: checkout,
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stdout.on("data", (chunk) => (said += chunk));
    child.stderr.on("data", (chunk) => (said += chunk));
    const [code] = await once(child, "close");
    if (code === 0) return;
    // A build that broke off late has its id already, and would pass for a good one.
    await rm(buildId, { force: true });
    throw new Error(`next build failed (${code}):\n${said}`);
  } finally {
    lock.release();
  }
}

async function isFresh(): Promise<boolean> {
  const built = await stat(buildId).catch(() => null);
  if (!built) return false;
  for (const file of settings) {
    const found = await stat(path.join(checkout, file)).catch(() => null);
    if (found && found.mtimeMs > built.mtimeMs) return false;
  }
  for (const folder of sources) if (await isNewer(path.join(checkout, folder), built.mtimeMs)) return false;
  return true;
}

/** Is any source below newer? Tests and the command line are no part of the build. */
async function isNewer(folder: string, than: number): Promise<boolean> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (["testing", "cli", "migrations"].includes(entry.name)) continue;
      if (await isNewer(place, than)) return true;
    } else if (!/\.(test|bench)\.tsx?$/.test(entry.name) && (await stat(place)).mtimeMs > than) return true;
  }
  return false;
}
