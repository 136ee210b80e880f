import { answerImportReport } from "#/server/rest/answer-import-report.ts";

export const dynamic = "force-dynamic";

export async function GET(request: Request, { params }: { params: Promise<{ runId: string }> }) {
  const { runId } = await params;
  return answerImportReport(request, runId);
}
