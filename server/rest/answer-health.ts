import { isReady } from "../health/is-ready.ts";
import { createLog } from "../log.ts";
import type { Runtime } from "../runtime.ts";
import { openAnonymous } from "./authenticate.ts";

/** GET /api/health: it answers, so the process lives; `ready` says whether it can serve. Why it cannot stands in the log alone. */
export async function answerHealth(request: Request, runtime?: Runtime): Promise<Response> {
  const ready = await openAnonymous(request.headers, runtime).then(isReady, (error: unknown) => {
    createLog("health").error({ err: error }, "the runtime does not open");
    return false;
  });
  return Response.json({ live: true, ready }, { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } });
}
