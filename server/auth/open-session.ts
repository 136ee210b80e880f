import { randomUUID } from "node:crypto";
import type { Ctx } from "../context.ts";
import { localeOfScreen } from "../http/locale.ts";
import { openRuntime, type Runtime } from "../runtime.ts";
import { readActor, readSessionToken } from "./session.ts";
import { sessionSettings } from "./session-settings.ts";

/** The world of one request of a screen: who asks is read from the database, the language from the switch's cookie. */
export async function openSession(headers: Headers, runtime?: Runtime): Promise<Ctx & { requestId: string }> {
  const { ctx, env } = runtime ?? (await openRuntime("web"));
  const token = await readSessionToken(headers, sessionSettings(env));
  const actor = await readActor(ctx({ kind: "anonymous" }), token);
  return { ...ctx(actor, localeOfScreen(headers)), requestId: randomUUID() };
}
