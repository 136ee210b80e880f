import { answerMatch } from "#/server/rest/answer-match.ts";

export const dynamic = "force-dynamic";

export const POST = (request: Request) => answerMatch(request);
