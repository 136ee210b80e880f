import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { findPostgresBinaries, type PostgresBinaries } from "./embedded-binaries.ts";
import { hold, tryHold, tryShare } from "./process-lock.ts";

/** A seat at the embedded Postgres. Whoever leaves last turns off the light; a killed process has left. */
export interface EmbeddedPostgres {
  /** Database `ostap` with the superuser's password in it: never log it. */
  url: string;
  leave(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Settings for the server's command line, beside Postgres' own defaults. They hold if we are the one who starts it. */
  settings?: Record<string, string>;
}

/** First start on a slow disk, or recovery after a crash, may take its time. */
const patienceMs = 120_000;

/**
 * Starts Postgres 18 under `home`/pg18 or joins the one that runs there. Several processes may do so at once: one lock
 * orders starts and stops, another is shared by all who are in. Both are the kernel's and fall with their process.
 */
export async function joinEmbeddedPostgres(home: string, options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const seats = path.join(path.resolve(home), "pg18");
  await mkdir(seats, { recursive: true, mode: 0o700 });
  const gate = path.join(seats, "gate.lock");
  const members = path.join(seats, "members.lock");

  const passing = await hold(gate, patienceMs);
  try {
    const server = await openServer(path.resolve(home), seats, options.settings ?? {});
    await server.start();
    const seat = tryShare(members);
    if (!seat) throw new Error(`${members} is held by a program that is none of ours.`);
    let leaving: Promise<void> | undefined;
    return {
      url: await server.url(),
      leave: () => {
        leaving ??= (async () => {
          const passing = await hold(gate, patienceMs);
          try {
            seat.release();
            const last = tryHold(members);
            if (!last) return;
            try {
              await server.stop();
            } finally {
              last.release();
            }
          } finally {
            passing.release();
          }
        })();
        return leaving;
      },
    };
  } finally {
    passing.release();
  }
}

/** One data directory and its postmaster. Only called behind the gate. */
async function openServer(home: string, seats: string, settings: Record<string, string>) {
  const binaries = await findPostgresBinaries(home);
  const base = path.join(binaries.base, "pg18");
  await mkdir(base, { recursive: true, mode: 0o711 });
  const data = path.join(base, "data");
  const log = path.join(data, "server.log");
  const passwordFile = path.join(seats, "password");
  const portFile = path.join(seats, "port");

  const urlAt = (port: number, password: string, database: string) =>
    `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;

  async function url(): Promise<string> {
    return urlAt(await rememberedPort(), await readFile(passwordFile, "utf8"), "ostap");
  }

  async function rememberedPort(): Promise<number> {
    return Number(await readFile(portFile, "utf8"));
  }

  /** Does our own postmaster, and no stranger on its port, answer? Only ours knows the password and this directory. */
  async function answers(): Promise<boolean> {
    if (!existsSync(portFile) || !existsSync(passwordFile)) return false;
    const sql = postgres(urlAt(await rememberedPort(), await readFile(passwordFile, "utf8"), "postgres"), {
      max: 1,
      connect_timeout: 5,
      onnotice: () => {},
    });
    try {
      await sql`select 1`;
      return true;
    } catch {
      // Whatever it was, it was not an answer: the caller starts the server and hears the reason from pg_ctl.
      return false;
    } finally {
      await sql.end({ timeout: 1 });
    }
  }

  async function start(): Promise<void> {
    if (await answers()) return;
    if (!existsSync(path.join(data, "PG_VERSION"))) await createCluster(binaries, base, data, passwordFile);
    const deadline = Date.now() + patienceMs;
    for (;;) {
      await forgetPostmasterOfAnotherLife(data);
      const port = await choosePort(portFile);
      const flags = Object.entries({
        listen_addresses: "127.0.0.1",
        // The path of a socket file has a short limit, a home directory has not.
        unix_socket_directories: "",
        timezone: "UTC",
        log_timezone: "UTC",
        // A bulk import fills the default of 1 GB in seconds and then waits for checkpoints.
        max_wal_size: "4GB",
        ...settings,
      }).map(([name, value]) => `-c ${name}='${value}'`);
      try {
        await binaries.run("pg_ctl", [
          "-D",
          data,
          "-w",
          "-t",
          "60",
          "-s",
          "-l",
          log,
          "-o",
          `-p ${port} ${flags.join(" ")}`,
          "start",
        ]);
        break;
      } catch (cause) {
        if (await answers()) break;
        // After kill -9 the children of the old postmaster need a moment to notice; until then the data is locked.
        if (Date.now() > deadline)
          throw new Error(`Postgres did not start; see ${log}:\n${await tail(log)}`, { cause });
        if (!(await isTransient(log))) {
          throw new Error(`Postgres did not start; see ${log}:\n${await tail(log)}`, { cause });
        }
        await wait(200);
      }
    }
    await ensureDatabase(urlAt(await rememberedPort(), await readFile(passwordFile, "utf8"), "postgres"), "ostap");
  }

  async function stop(): Promise<void> {
    if (!existsSync(path.join(data, "postmaster.pid"))) return;
    try {
      await binaries.run("pg_ctl", ["-D", data, "-w", "-t", "60", "-s", "-m", "fast", "stop"]);
    } catch (error) {
      // It crashed before us: then there is nothing to stop, and the next start recovers.
      if (await answers()) throw error;
    }
  }

  return { url, start, stop };
}

/** Initialises into a directory beside and renames it: a killed first start leaves no half cluster. */
async function createCluster(binaries: PostgresBinaries, base: string, data: string, passwordFile: string) {
  const half = `${data}.new`;
  const handed = path.join(base, "password.new");
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  await binaries.give(half);
  const password = randomBytes(24).toString("base64url");
  await writeFile(passwordFile, password, { mode: 0o600 });
  await writeFile(handed, password, { mode: 0o600 });
  await binaries.give(handed);
  try {
    await binaries.run("initdb", [
      "-D",
      half,
      "-U",
      "postgres",
      "--auth=scram-sha-256",
      `--pwfile=${handed}`,
      "-E",
      "UTF8",
      // One order on every machine, ours in the binaries; lists for people sort by COLLATE "ru-x-icu".
      "--locale-provider=builtin",
      "--locale=C.UTF-8",
      "--no-instructions",
    ]);
  } finally {
    await rm(handed, { force: true });
  }
  await rename(half, data);
}

/**
 * Postgres will not start while the process that postmaster.pid names is alive. After a reboot that number may be
 * anybody's: then the file is of another life and goes. If a postmaster of ours bears it, pg_ctl is left to judge.
 */
async function forgetPostmasterOfAnotherLife(data: string): Promise<void> {
  const file = path.join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number((await readFile(file, "utf8")).split("\n")[0]);
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => null);
  if (commandLine !== null && commandLine !== "" && !commandLine.includes(data)) await rm(file, { force: true });
}

async function isTransient(log: string): Promise<boolean> {
  return /pre-existing shared memory block|could not bind|is the database system running|Is another postmaster/i.test(
    await tail(log),
  );
}

async function tail(log: string): Promise<string> {
  if (!existsSync(log)) return "(it wrote no log)";
  return (await readFile(log, "utf8")).trimEnd().split("\n").slice(-8).join("\n");
}

/** The port of last time, so that members who sat through a crash find the server again; another if it is taken. */
async function choosePort(portFile: string): Promise<number> {
  const before = existsSync(portFile) ? Number(await readFile(portFile, "utf8")) : 0;
  const port = (await bindable(before)) ?? (await bindable(0));
  if (port === undefined) throw new Error("No free TCP port on 127.0.0.1.");
  await writeFile(portFile, String(port), { mode: 0o644 });
  return port;
}

function bindable(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => resolve(undefined));
    probe.listen(port, "127.0.0.1", () => {
      const bound = (probe.address() as net.AddressInfo).port;
      probe.close(() => resolve(bound));
    });
  });
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (!found) await sql.unsafe(`create database ${name}`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
