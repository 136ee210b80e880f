import { matchLead, matchLeadInput } from "../matching/match-lead.ts";
import { parseInput } from "../parse-input.ts";
import type { Runtime } from "../runtime.ts";
import { respond } from "./respond.ts";
import { viewMatch } from "./views.ts";

/** POST /api/v1/match */
export function answerMatch(request: Request, runtime?: Runtime): Promise<Response> {
  return respond(
    request,
    async (ctx, body) => {
      const match = await matchLead(ctx, parseInput(matchLeadInput, body));
      return { status: 200, body: viewMatch(match, ctx.locale) };
    },
    runtime,
  );
}
