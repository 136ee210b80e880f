import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

/** Can this process install Debian packages? As root, where there is apt-get. */
export function mayInstallPackages(): boolean {
  return process.getuid?.() === 0 && spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
}

/** Installs Debian packages; throws with what apt-get said last. */
export async function installPackages(packages: string[]): Promise<void> {
  await apt(["update", "-q"]);
  await apt(["install", "-y", "-q", "--no-install-recommends", ...packages]);
}

async function apt(args: string[]): Promise<void> {
  const child = spawn("apt-get", args, {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said = (said + chunk).slice(-4000)));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`apt-get ${args.join(" ")} failed (${code}):\n${said}`);
}
