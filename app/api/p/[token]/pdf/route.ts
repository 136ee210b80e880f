import { answerSharedPdf } from "#/server/rest/answer-proposal-pdf.ts";

export const dynamic = "force-dynamic";

export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return answerSharedPdf(request, token);
}
