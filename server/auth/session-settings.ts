import type { Env } from "../env.ts";
import { installationSecrets } from "../home.ts";

export interface SessionSettings {
  /** Encrypts session cookies; of this installation alone. */
  secret: string;
  publicUrl: string | undefined;
}

const secrets = new Map<string, string>();

/** What session cookies are written and read with; the secret's file is read once a process. */
export function sessionSettings({ home, publicUrl }: Pick<Env, "home" | "publicUrl">): SessionSettings {
  const secret = secrets.get(home) ?? installationSecrets(home).nextAuthSecret;
  secrets.set(home, secret);
  return { secret, publicUrl };
}
