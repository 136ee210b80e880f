import { answerModelReport } from "#/server/rest/answer-model-report.ts";

export const dynamic = "force-dynamic";

export async function GET(request: Request, { params }: { params: Promise<{ modelId: string }> }) {
  const { modelId } = await params;
  return answerModelReport(request, modelId);
}
