import { answerMark } from "#/server/rest/answer-marks.ts";

export const dynamic = "force-dynamic";

export const POST = (request: Request) => answerMark(request);
