import { openSession } from "../auth/open-session.ts";
import { parseInput } from "../parse-input.ts";
import { exportManagers, exportManagersInput } from "../reports/export-managers.ts";
import type { Runtime } from "../runtime.ts";
import { commonHeaders, withProblems } from "./respond.ts";

/** GET /api/reports/managers?format=csv|xlsx&period=…: the managers' figures as a file, for whoever may read reports. */
export function answerManagersExport(request: Request, runtime?: Runtime): Promise<Response> {
  return withProblems(
    () => openSession(request.headers, runtime),
    async (ctx) => {
      const { format, ...scope } = Object.fromEntries(new URL(request.url).searchParams);
      const { name, bytes, type } = await exportManagers(ctx, parseInput(exportManagersInput, { format, scope }));
      return new Response(bytes as BodyInit, {
        headers: {
          ...commonHeaders(ctx),
          "content-type": type,
          "content-disposition": `attachment; filename="${name}"`,
        },
      });
    },
  );
}
