import { answerWithdrawal } from "#/server/rest/answer-marks.ts";

export const dynamic = "force-dynamic";

export async function DELETE(request: Request, { params }: { params: Promise<{ markId: string }> }) {
  const { markId } = await params;
  return answerWithdrawal(request, markId);
}
