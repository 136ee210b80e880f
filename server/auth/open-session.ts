import type { Ctx } from "../context.ts";
import { localeOfScreen } from "../http/locale.ts";
import { requestIdOf } from "../http/request-id.ts";
import { openRuntime, type Runtime } from "../runtime.ts";
import { readPreferences } from "../users/preferences.ts";
import { readActor, readSessionToken } from "./session.ts";
import { sessionSettings } from "./session-settings.ts";

/**
 * The world of one request of a screen: who asks is read from the database, and so is the language he chose; where he never
 * chose one, the device's cookie says it.
 */
export async function openSession(headers: Headers, runtime?: Runtime): Promise<Ctx & { requestId: string }> {
  const { ctx, env } = runtime ?? (await openRuntime("web"));
  const token = await readSessionToken(headers, sessionSettings(env));
  const anonymous = ctx({ kind: "anonymous" });
  const actor = await readActor(anonymous, token);
  const chosen = actor.kind === "user" ? (await readPreferences(anonymous, actor.userId)).language : null;
  const requestId = requestIdOf(headers);
  return { ...ctx(actor, chosen ?? localeOfScreen(headers)), requestId, log: anonymous.log.child({ requestId }) };
}
