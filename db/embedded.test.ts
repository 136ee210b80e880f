import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { joinEmbeddedPostgres } from "./embedded.ts";

let home: string;
let members: Member[];

beforeEach(async () => {
  // Under 0700, as a checkout in root's own folder is.
  home = path.join(await mkdtemp(path.join(os.tmpdir(), "ostap-embedded-")), "home");
  members = [];
});

afterEach(async () => {
  for (const member of members) member.process.kill("SIGKILL");
  // Whoever comes last cleans up after the killed.
  const seat = await joinEmbeddedPostgres(home);
  await seat.leave();
  await rm(path.dirname(home), { recursive: true, force: true });
});

interface Member {
  process: ChildProcess;
  url: string;
  leave(): Promise<void>;
}

/** A real second process that joins. */
async function join(env: NodeJS.ProcessEnv = process.env): Promise<Member> {
  const program = fileURLToPath(new URL("./testing/embedded-member.ts", import.meta.url));
  const child = spawn(process.execPath, [program, home], { stdio: ["pipe", "pipe", "inherit"], env });
  const lines = createInterface({ input: child.stdout });
  const [url] = await Promise.race([
    once(lines, "line"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`The member ended with ${code}.`))),
  ]);
  const member: Member = {
    process: child,
    url,
    async leave() {
      const exit = once(child, "exit");
      child.stdin.end();
      const [code] = await exit;
      expect(code).toBe(0);
    },
  };
  members.push(member);
  return member;
}

async function ask(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const [row] = await sql<{ n: number }[]>`select 1 as n`;
    return row?.n ?? Number.NaN;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function postmasterPid(): Promise<number> {
  return Number((await readFile(path.join(home, "pg18", "data", "postmaster.pid"), "utf8")).split("\n")[0]);
}

describe("the embedded Postgres", { timeout: 120_000 }, () => {
  test("serves all who joined, and stops when the last one leaves", async () => {
    const [first, second] = await Promise.all([join(), join()]);
    expect(second.url).toBe(first.url);

    await first.leave();
    expect(await ask(second.url)).toBe(1);

    await second.leave();
    await expect(ask(second.url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect(existsSync(path.join(home, "pg18", "data", "postmaster.pid"))).toBe(false);
  });

  test("a member killed with -9 does not keep it running, nor does its death stop it", async () => {
    const killed = await join();
    const survivor = await join();
    const exit = once(killed.process, "exit");
    killed.process.kill("SIGKILL");
    await exit;
    expect(await ask(survivor.url)).toBe(1);
    await survivor.leave();
    await expect(ask(survivor.url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("a postmaster killed with -9 is recovered at the next join, with all that was committed", async () => {
    const before = await join();
    const sql = postgres(before.url, { max: 1, onnotice: () => {} });
    await sql`create table kept as select 42 as n`;
    process.kill(await postmasterPid(), "SIGKILL");
    await sql.end({ timeout: 1 });

    const after = await join();
    expect(after.url).toBe(before.url);
    const again = postgres(after.url, { max: 1 });
    expect(await again`select n from kept`).toEqual([{ n: 42 }]);
    await again.end();

    // Whoever sat through the crash leaves as if nothing had been.
    await after.leave();
    expect(await ask(before.url)).toBe(1);
    await before.leave();
    await expect(ask(before.url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("a postmaster.pid that names somebody else's process, as after a reboot, is no obstacle", async () => {
    await (await join()).leave();
    const pidFile = path.join(home, "pg18", "data", "postmaster.pid");
    await writeFile(pidFile, `${process.pid}\n${path.dirname(pidFile)}\n1\n`, { mode: 0o600 });
    expect(await ask((await join()).url)).toBe(1);
  });

  test("another program on the remembered port moves it to another", async () => {
    const before = await join();
    await before.leave();
    const port = Number(new URL(before.url).port);
    const stranger = net.createServer((socket) => socket.destroy()).listen(port, "127.0.0.1");
    await once(stranger, "listening");
    try {
      const after = await join();
      expect(new URL(after.url).port).not.toBe(String(port));
      expect(await ask(after.url)).toBe(1);
    } finally {
      stranger.close();
    }
  });

  test.skipIf(process.getuid?.() !== 0)("runs as nobody where root may not make a user namespace", async () => {
    const path = await mkdtemp(`${os.tmpdir()}/ostap-path-`);
    for (const tool of ["id", "sh"]) await symlink(`/usr/bin/${tool}`, `${path}/${tool}`);
    const first = await join({ ...process.env, PATH: path });
    expect(await ask(first.url)).toBe(1);
    await first.leave();
    await expect(ask(first.url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    await rm(path, { recursive: true });
    // A home that nobody cannot reach has its data in /var/tmp, under the home's own digest.
    const digest = createHash("sha256").update(home).digest("hex").slice(0, 12);
    await rm(`/var/tmp/ostap-${digest}`, { recursive: true });
  });

  test("asks for a password that only its owner can read", async () => {
    const { url } = await join();
    const without = new URL(url);
    without.password = "";
    await expect(ask(without.href)).rejects.toThrow(/password/);
    expect((await stat(path.join(home, "pg18", "password"))).mode & 0o777).toBe(0o600);
    const sql = postgres(url, { max: 1 });
    expect((await sql`show fsync`)[0]).toEqual({ fsync: "on" });
    await sql.end();
  });
});
