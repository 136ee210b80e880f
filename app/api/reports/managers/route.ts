import { answerManagersExport } from "#/server/rest/answer-managers-export.ts";

export const dynamic = "force-dynamic";

export async function GET(request: Request) {
  return answerManagersExport(request);
}
