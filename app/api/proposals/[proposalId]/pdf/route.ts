import { answerProposalPdf } from "#/server/rest/answer-proposal-pdf.ts";

export const dynamic = "force-dynamic";

export async function GET(request: Request, { params }: { params: Promise<{ proposalId: string }> }) {
  const { proposalId } = await params;
  return answerProposalPdf(request, proposalId);
}
