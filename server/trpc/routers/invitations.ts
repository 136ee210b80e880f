import { acceptInvitation, acceptInvitationInput } from "../../users/accept-invitation.ts";
import { publicProcedure, router } from "../init.ts";

export const invitationsRouter = router({
  accept: publicProcedure.input(acceptInvitationInput).mutation(({ ctx, input }) => acceptInvitation(ctx, input)),
});
