import { randomUUID } from "node:crypto";
import { readActor, readSessionToken } from "../auth/session.ts";
import { sessionSettings } from "../auth/session-settings.ts";
import { localeOfScreen } from "../http/locale.ts";
import { openRuntime } from "../runtime.ts";
import type { TrpcContext } from "./init.ts";

/** The world of one request of a screen: who asks is read from the database, the language from the switch's cookie. */
export async function openContext(headers: Headers): Promise<TrpcContext> {
  const runtime = await openRuntime("web");
  const token = await readSessionToken(headers, sessionSettings(runtime.env));
  const actor = await readActor(runtime.ctx({ kind: "anonymous" }), token);
  return { ...runtime.ctx(actor, localeOfScreen(headers)), requestId: randomUUID() };
}
