import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const secretsSchema = z.strictObject({ nextAuthSecret: z.string().min(32) });

/** What an installation keeps to itself. */
export type InstallationSecrets = z.infer<typeof secretsSchema>;

/**
 * The secrets of the installation in `home`, made at first asking and kept in secrets.json, readable by its owner only.
 * Two processes that ask at once get the same ones. A broken file throws: a new secret would end everybody's session.
 */
export function installationSecrets(home: string): InstallationSecrets {
  const file = path.join(home, "secrets.json");
  const kept = read(file);
  if (kept) return kept;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const whole = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  const fresh: InstallationSecrets = { nextAuthSecret: randomBytes(32).toString("base64url") };
  writeFileSync(whole, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600 });
  try {
    // A link never replaces: the first to come wins, and nobody can read half a file.
    linkSync(whole, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(whole);
  }
  return read(file) ?? fresh;
}

function read(file: string): InstallationSecrets | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch {
    // The cause would quote the file's content.
    throw new Error(`${file} is broken. Put it back from a backup, or delete it: then everybody has to sign in again.`);
  }
}
