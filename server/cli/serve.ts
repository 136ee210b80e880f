import { type ChildProcess, spawn } from "node:child_process";
import net from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Env } from "../env.ts";
import { AppError } from "../errors.ts";
import { installationSecrets } from "../home.ts";
import { createLog } from "../log.ts";
import { checkout } from "./build-app.ts";
import { keepRunning } from "./keep-running.ts";

export interface ServeOptions {
  env: Env;
  databaseUrl: string;
  /** Address the web server listens on. */
  host: string;
  dev: boolean;
}

/** Web and worker, running. */
export interface Serving {
  /** Where a browser on this machine finds us. */
  url: string;
  /** Resolves when pages are answered; rejects when a process ended before that. */
  ready: Promise<void>;
  /** Resolves when both processes have ended: 0 after `stop`, 1 when the web server ended by itself. */
  ended: Promise<0 | 1>;
  /** Ends both: politely, and after ten seconds by force. */
  stop(): void;
}

/** Nobody waits longer than this for a clean end. */
const PATIENCE_MS = 8000;

/**
 * A connection that rests is closed no sooner: by default it is after five seconds, and a proxy, or a client that was busy for so
 * long, sends its next request into a connection that is just being closed. Proxies themselves wait a minute.
 */
const KEEP_ALIVE_MS = 65_000;

/** A page that is not answered by then will not be. */
const READY_MS = 180_000;

/**
 * Starts the web server and the worker as processes of their own. A worker that dies is started again; when the web server
 * ends, all ends: whoever keeps us running is to know it.
 */
export async function serve({ env, databaseUrl, host, dev }: ServeOptions): Promise<Serving> {
  await assertPortFree(env.port, host);
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: dev ? "development" : "production",
    DATABASE_URL: databaseUrl,
    OSTAP_HOME: env.home,
    PORT: String(env.port),
    NEXTAUTH_SECRET: installationSecrets(env.home).nextAuthSecret,
    NEXT_TELEMETRY_DISABLED: "1",
    // Whoever sits at the terminal sees what is wrong; a file or a collector gets a line for each request.
    LOG_LEVEL: process.env.LOG_LEVEL || (process.stderr.isTTY ? "warn" : "info"),
  };
  // Without a public address the one of the request is good: we listen on this machine only, unless told otherwise.
  if (!env.publicUrl) environment.AUTH_TRUST_HOST = "true";

  const withParent = ["--import", pathToFileURL(path.join(import.meta.dirname, "end-with-parent.ts")).href];
  const next = path.join(checkout, "node_modules", "next", "dist", "bin", "next");
  const how = dev ? ["dev"] : ["start", "--keepAliveTimeout", String(KEEP_ALIVE_MS)];
  const web = run([...withParent, next, ...how, "-H", host, "-p", String(env.port)], environment);
  const log = createLog("starter");
  const worker = keepRunning(() => run([path.join(checkout, "server", "jobs", "worker.ts")], environment), {
    onDeath: (death) => log.error(death, "the worker died and is started again"),
  });

  let asked = false;
  let force: NodeJS.Timeout | undefined;
  const stop = () => {
    asked = true;
    endAll();
  };
  const endAll = () => {
    worker.letGo();
    const signalBoth = (signal: NodeJS.Signals) => {
      for (const child of [web, worker.current()]) if (child) signalGroup(child, signal);
    };
    signalBoth("SIGTERM");
    force ??= setTimeout(() => signalBoth("SIGKILL"), PATIENCE_MS);
  };
  const webEnded = new Promise<void>((resolve) => {
    web.once("exit", () => {
      endAll();
      resolve();
    });
  });
  const ended = Promise.all([webEnded, worker.ended]).then((): 0 | 1 => {
    clearTimeout(force);
    return asked ? 0 : 1;
  });
  const url = `http://${host === "127.0.0.1" || host === "0.0.0.0" ? "localhost" : host}:${env.port}`;
  return { url, ready: waitUntilServing(url, ended), ended, stop };
}

/** A group of its own: what a child starts itself ends with it, and Ctrl-C reaches only us, who pass it on in order. */
function run(args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, args, {
    cwd: checkout,
    env,
    detached: true,
    // The first line of Next is for people and goes where our own messages go; results are on nobody's stdout here.
    stdio: ["ignore", 2, 2, "ipc"],
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function waitUntilServing(url: string, ended: Promise<unknown>): Promise<void> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const deadline = Date.now() + READY_MS;
  for (;;) {
    if (Date.now() > deadline) throw new Error(`No page was answered at ${url} within ${READY_MS / 1000} s.`);
    if (over) throw new Error("The web server ended before it was ready; its last words stand above.");
    const answer = await fetch(`${url}/login`, { redirect: "manual" }).catch(() => null);
    if (answer && answer.status < 500) return;
    await wait(150);
  }
}

/** Refuses a port on which somebody listens, before anything is begun that would need it. */
export function assertPortFree(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", (cause) =>
      reject(
        new AppError(
          "unavailable",
          {
            ru: `Порт ${port} занят. Остановите то, что на нём слушает, или возьмите другой: PORT=3001.`,
            en: `Port ${port} is taken. Stop what listens there, or take another: PORT=3001.`,
          },
          { cause },
        ),
      ),
    );
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
