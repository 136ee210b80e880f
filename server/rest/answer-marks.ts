import { markMistake } from "../feedback/mark-mistake.ts";
import { withdrawMark, withdrawMarkInput } from "../feedback/withdraw-mark.ts";
import { parseInput } from "../parse-input.ts";
import type { Runtime } from "../runtime.ts";
import { respond } from "./respond.ts";
import { markRequest, viewMark, viewWithdrawn } from "./views.ts";

/** POST /api/v1/marks: 201 for a new mark, 200 with the same body for a repetition. */
export function answerMark(request: Request, runtime?: Runtime): Promise<Response> {
  return respond(
    request,
    async (ctx, body) => {
      const { mark, isNew } = await markMistake(ctx, parseInput(markRequest, body));
      return { status: isNew ? 201 : 200, body: viewMark(mark) };
    },
    runtime,
  );
}

/** DELETE /api/v1/marks/{markId} */
export function answerWithdrawal(request: Request, markId: string, runtime?: Runtime): Promise<Response> {
  return respond(
    request,
    async (ctx) => {
      const withdrawn = await withdrawMark(ctx, parseInput(withdrawMarkInput, { markId }));
      return { status: 200, body: viewWithdrawn(withdrawn) };
    },
    runtime,
  );
}
