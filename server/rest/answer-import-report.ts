import { openSession } from "../auth/open-session.ts";
import { exportImportReport, exportImportReportInput } from "../imports/export-import-report.ts";
import { parseInput } from "../parse-input.ts";
import type { Runtime } from "../runtime.ts";
import { commonHeaders, withProblems } from "./respond.ts";

/** GET /api/imports/{runId}/report: what an import refused, as a file, for whoever is signed in and may see imports. */
export function answerImportReport(request: Request, runId: string, runtime?: Runtime): Promise<Response> {
  return withProblems(
    () => openSession(request.headers, runtime),
    async (ctx) => {
      const input = parseInput(exportImportReportInput, { runId: /^\d{1,15}$/.test(runId) ? Number(runId) : runId });
      const { name, csv } = await exportImportReport(ctx, input);
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
