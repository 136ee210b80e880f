import { answerAuth } from "#/server/auth/answer-auth.ts";

export const dynamic = "force-dynamic";

const answer = (request: Request) => answerAuth(request);

export { answer as GET, answer as POST };
