import { answerHealth } from "#/server/rest/answer-health.ts";

export const dynamic = "force-dynamic";

export const GET = (request: Request) => answerHealth(request);
