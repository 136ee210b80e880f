import { reportPage } from "#/ml/evaluation/report-page.ts";
import { openSession } from "../auth/open-session.ts";
import { readModelReport, readModelReportInput } from "../models/read-model-report.ts";
import { parseInput } from "../parse-input.ts";
import type { Runtime } from "../runtime.ts";
import { commonHeaders, withProblems } from "./respond.ts";

/** A page that runs nothing and loads nothing, whatever should ever get into a report. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** GET /api/models/{modelId}/report: a model's report as a page, for whoever is signed in and may see models. */
export function answerModelReport(request: Request, modelId: string, runtime?: Runtime): Promise<Response> {
  return withProblems(
    () => openSession(request.headers, runtime),
    async (ctx) => {
      const input = parseInput(readModelReportInput, {
        modelId: /^\d{1,9}$/.test(modelId) ? Number(modelId) : modelId,
      });
      const { locale } = ctx;
      const told = await readModelReport(ctx, input);
      const name = { ru: `Модель ${told.modelId}`, en: `Model ${told.modelId}` }[locale];
      return new Response(reportPage(told.report, { locale, name, verdict: told.verdict }), {
        headers: {
          ...commonHeaders(ctx),
          "content-type": "text/html; charset=utf-8",
          "content-security-policy": POLICY,
        },
      });
    },
  );
}
