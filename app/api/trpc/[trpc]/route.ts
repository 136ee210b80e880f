import { answerTrpc } from "#/server/trpc/answer.ts";

export const dynamic = "force-dynamic";

const answer = (request: Request) => answerTrpc(request);

export { answer as GET, answer as POST };
