import { openSession } from "../auth/open-session.ts";
import { clientAddress } from "../http/client-address.ts";
import { parseInput } from "../parse-input.ts";
import { getProposalInput } from "../proposals/get-proposal.ts";
import { type PrintedProposal, printProposal, printSharedProposal } from "../proposals/print-proposal.ts";
import type { Runtime } from "../runtime.ts";
import { openAnonymous, type RestContext } from "./authenticate.ts";
import { commonHeaders, withProblems } from "./respond.ts";

/** GET /api/proposals/{proposalId}/pdf, for whoever is signed in and may read the proposal. */
export function answerProposalPdf(request: Request, proposalId: string, runtime?: Runtime): Promise<Response> {
  return withProblems(
    () => openSession(request.headers, runtime),
    async (ctx) => asFile(ctx, await printProposal(ctx, parseInput(getProposalInput, { proposalId }))),
  );
}

/** GET /api/p/{token}/pdf, for whoever has the link; no session is looked at. */
export function answerSharedPdf(request: Request, token: string, runtime?: Runtime): Promise<Response> {
  return withProblems(
    () => openAnonymous(request.headers, runtime),
    async (ctx) => asFile(ctx, await printSharedProposal(ctx, token, clientAddress(request.headers))),
  );
}

function asFile(ctx: RestContext, { name, pdf }: PrintedProposal): Response {
  return new Response(new Uint8Array(pdf), {
    headers: {
      ...commonHeaders(ctx),
      "content-type": "application/pdf",
      "content-disposition": `inline; filename="proposal.pdf"; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  });
}
