import type { Env } from "../env.ts";
import { installationSecrets } from "../home.ts";

export interface SessionSettings {
  /** Encrypts session cookies; of this installation alone. */
  secret: string;
  publicUrl: string | undefined;
}

const kept = new Map<string, SessionSettings>();

/** What session cookies are written and read with; the secret's file is read once a process. */
export function sessionSettings({ home, publicUrl }: Pick<Env, "home" | "publicUrl">): SessionSettings {
  const settings = kept.get(home) ?? { secret: installationSecrets(home).nextAuthSecret, publicUrl };
  kept.set(home, settings);
  return settings;
}
