import { answerPilotExport } from "#/server/rest/answer-pilot-export.ts";

export const dynamic = "force-dynamic";

export async function GET(request: Request, { params }: { params: Promise<{ pilotId: string }> }) {
  const { pilotId } = await params;
  return answerPilotExport(request, pilotId);
}
