import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, expect, test } from "vitest";
import { joinEmbeddedPostgres } from "#/db/embedded.ts";
import { freePort } from "#/db/testing/free-port.ts";
import { useTestHome } from "../testing/test-home.ts";

const home = useTestHome();
let starter: ChildProcess | undefined;

afterEach(async () => {
  starter?.kill("SIGKILL");
  // Whoever comes last turns off the database that a killed one left.
  await (await joinEmbeddedPostgres(home.path)).leave();
}, 60_000);

/** `npm run dev` on an empty home, until it says that it is open. */
async function start(port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "start.ts"), "--dev"], {
    env: { ...process.env, OSTAP_HOME: home.path, DATABASE_URL: "", PORT: String(port), LANG: "en", LOG_LEVEL: "warn" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  starter = child;
  const heard: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    heard.push(line);
    if (line.includes("Ostap is open")) return child;
  }
  throw new Error(`It never opened:\n${heard.join("\n")}`);
}

/** Command lines of whatever this test started. */
async function running(): Promise<string[]> {
  return (await processes()).map(({ command }) => command);
}

/** The processes whose environment names this test's home: whatever was started, and only that. */
async function processes(): Promise<{ pid: number; command: string }[]> {
  const found: { pid: number; command: string }[] = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    // A process may end while it is looked at.
    const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
    if (!environment.includes(`OSTAP_HOME=${home.path}\0`)) continue;
    const command = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ");
    found.push({ pid: Number(pid), command });
  }
  return found;
}

/** Of this test's worker; -1 while there is none. */
async function workerPid(): Promise<number> {
  return (await processes()).find(({ command }) => command.includes("server/jobs/worker.ts"))?.pid ?? -1;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

const onLinux = test.skipIf(process.platform !== "linux");

onLinux(
  "it serves, brings back a worker that was killed, and at SIGTERM all is gone within ten seconds",
  { timeout: 240_000 },
  async () => {
    const port = await freePort();
    const child = await start(port);
    const page = await fetch(`http://127.0.0.1:${port}/login`);
    expect(page.status).toBe(200);

    const first = await workerPid();
    process.kill(first, "SIGKILL");
    await expect.poll(workerPid, { timeout: 60_000 }).not.toBe(first);
    await expect.poll(workerPid, { timeout: 60_000 }).toBeGreaterThan(0);
    expect((await fetch(`http://127.0.0.1:${port}/login`)).status).toBe(200);

    const asked = performance.now();
    const exit = once(child, "exit");
    child.kill("SIGTERM");
    expect(await exit).toEqual([0, null]);
    expect(performance.now() - asked).toBeLessThan(10_000);
    expect(await listens(port)).toBe(false);
    // `next dev` leaves a process behind for a moment, which ends by itself; an orphan would stay.
    await expect.poll(running, { timeout: 10_000 }).toEqual([]);
  },
);

onLinux("killed with -9 it leaves nobody on the port", { timeout: 240_000 }, async () => {
  const port = await freePort();
  const child = await start(port);
  child.kill("SIGKILL");
  await expect.poll(() => listens(port), { timeout: 15_000 }).toBe(false);
  // The database waits for the next who joins.
  const others = async () => (await running()).filter((command) => !command.includes("bin/postgres"));
  await expect.poll(others, { timeout: 15_000 }).toEqual([]);
});

test("a port that is taken is named, with what to do", { timeout: 60_000 }, async () => {
  const stranger = net.createServer().listen(0, "127.0.0.1");
  await once(stranger, "listening");
  const { port } = stranger.address() as net.AddressInfo;
  await expect(start(port)).rejects.toThrow(`Port ${port} is taken`);
  stranger.close();
});
