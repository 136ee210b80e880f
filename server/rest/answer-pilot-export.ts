import { openSession } from "../auth/open-session.ts";
import { parseInput } from "../parse-input.ts";
import { exportPilot } from "../pilot/export-pilot.ts";
import { pilotInput } from "../pilot/find-pilot.ts";
import type { Runtime } from "../runtime.ts";
import { commonHeaders, withProblems } from "./respond.ts";

/** GET /api/pilots/{pilotId}/export: what model and reviewer said of each premises, as a file, for whoever may see pilots. */
export function answerPilotExport(request: Request, pilotId: string, runtime?: Runtime): Promise<Response> {
  return withProblems(
    () => openSession(request.headers, runtime),
    async (ctx) => {
      const { name, csv } = await exportPilot(ctx, parseInput(pilotInput, { pilotId }));
      return new Response(csv, {
        headers: {
          ...commonHeaders(ctx),
          "content-type": "text/csv; charset=utf-8",
          "content-disposition": `attachment; filename="${name}"`,
        },
      });
    },
  );
}
