import { addPremises, addPremisesInput } from "../../proposals/add-premises.ts";
import { draftProposal, draftProposalInput } from "../../proposals/draft-proposal.ts";
import { getProposal, getProposalInput } from "../../proposals/get-proposal.ts";
import { listProposals, listProposalsInput } from "../../proposals/list-proposals.ts";
import { revokeLink, revokeLinkInput } from "../../proposals/revoke-link.ts";
import { saveDraft, saveDraftInput } from "../../proposals/save-draft.ts";
import { sendProposal, sendProposalInput } from "../../proposals/send-proposal.ts";
import { shareProposal, shareProposalInput } from "../../proposals/share-proposal.ts";
import { withdrawProposal, withdrawProposalInput } from "../../proposals/withdraw-proposal.ts";
import { managerProcedure, router } from "../init.ts";

export const proposalsRouter = router({
  list: managerProcedure.input(listProposalsInput).query(({ ctx, input }) => listProposals(ctx, input)),
  get: managerProcedure.input(getProposalInput).query(({ ctx, input }) => getProposal(ctx, input)),
  draft: managerProcedure.input(draftProposalInput).mutation(({ ctx, input }) => draftProposal(ctx, input)),
  add: managerProcedure.input(addPremisesInput).mutation(({ ctx, input }) => addPremises(ctx, input)),
  save: managerProcedure.input(saveDraftInput).mutation(({ ctx, input }) => saveDraft(ctx, input)),
  send: managerProcedure.input(sendProposalInput).mutation(({ ctx, input }) => sendProposal(ctx, input)),
  share: managerProcedure.input(shareProposalInput).mutation(({ ctx, input }) => shareProposal(ctx, input)),
  revokeLink: managerProcedure.input(revokeLinkInput).mutation(({ ctx, input }) => revokeLink(ctx, input)),
  withdraw: managerProcedure.input(withdrawProposalInput).mutation(({ ctx, input }) => withdrawProposal(ctx, input)),
});
