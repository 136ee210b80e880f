import type { z } from "zod";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import type { ProposalDocument } from "./describe-document.ts";
import type { getProposalInput } from "./get-proposal.ts";
import { noSuchLink, openSharedProposal } from "./open-shared-proposal.ts";
import { findProposal, readDocument } from "./proposal-row.ts";

export interface PrintedProposal {
  /** «КП 2026-0042.pdf». */
  name: string;
  pdf: Buffer;
}

/** A proposal as a PDF: a draft for whoever writes it, what was sent for everybody who may read it. */
export async function printProposal(
  ctx: Ctx,
  { proposalId }: z.infer<typeof getProposalInput>,
): Promise<PrintedProposal> {
  authorize(ctx, "proposal:read");
  const { document } = await readDocument(ctx, await findProposal(ctx, proposalId));
  return print(document);
}

/** The same for whoever has a client's link that still opens. */
export async function printSharedProposal(ctx: Ctx, token: string, address: string): Promise<PrintedProposal> {
  const shared = await openSharedProposal(ctx, { token }, { address, counts: false });
  if (shared.state !== "open") throw noSuchLink();
  return print(shared.document);
}

async function print(document: ProposalDocument): Promise<PrintedProposal> {
  const { drawPdf } = await import("./draw-pdf.ts");
  const name = document.number === null ? document.dated : document.number.replaceAll(/[№\s]+/g, " ");
  return { name: `${name}.pdf`, pdf: await drawPdf(document) };
}
