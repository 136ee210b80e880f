import { checkApiKey } from "../auth/check-api-key.ts";
import type { Ctx } from "../context.ts";
import { localeOfProgram } from "../http/locale.ts";
import { requestIdOf } from "../http/request-id.ts";
import { openRuntime, type Runtime } from "../runtime.ts";

/** A verb's world and the number under which the log knows this request. */
export interface RestContext extends Ctx {
  requestId: string;
}

/** The world of a request before it is known who asks. */
export async function openAnonymous(headers: Headers, runtime?: Runtime): Promise<RestContext> {
  const { ctx } = runtime ?? (await openRuntime("web"));
  const requestId = requestIdOf(headers);
  const anonymous = ctx({ kind: "anonymous" }, localeOfProgram(headers));
  return { ...anonymous, requestId, log: anonymous.log.child({ requestId }) };
}

/** The world of the system whose key the request bears; refuses any other. */
export async function authenticate(ctx: RestContext, headers: Headers): Promise<RestContext> {
  return { ...ctx, actor: await checkApiKey(ctx, headers) };
}
