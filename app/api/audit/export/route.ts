import { answerAuditExport } from "#/server/rest/answer-audit-export.ts";

export const dynamic = "force-dynamic";

export function GET(request: Request) {
  return answerAuditExport(request);
}
