import { changeRole, changeRoleInput } from "../../users/change-role.ts";
import { dismissUser } from "../../users/dismiss-user.ts";
import { userInput } from "../../users/find-user.ts";
import { inviteUser, inviteUserInput } from "../../users/invite-user.ts";
import { linkManager, linkManagerInput } from "../../users/link-manager.ts";
import { listManagerChoices, listUsers, listUsersInput } from "../../users/list-users.ts";
import { renewInvitation, renewInvitationInput } from "../../users/renew-invitation.ts";
import { restoreUser } from "../../users/restore-user.ts";
import { adminProcedure, router } from "../init.ts";

export const usersRouter = router({
  list: adminProcedure.input(listUsersInput).query(({ ctx, input }) => listUsers(ctx, input)),
  managers: adminProcedure.query(({ ctx }) => listManagerChoices(ctx)),
  invite: adminProcedure.input(inviteUserInput).mutation(({ ctx, input }) => inviteUser(ctx, input)),
  renew: adminProcedure.input(renewInvitationInput).mutation(({ ctx, input }) => renewInvitation(ctx, input)),
  changeRole: adminProcedure.input(changeRoleInput).mutation(({ ctx, input }) => changeRole(ctx, input)),
  linkManager: adminProcedure.input(linkManagerInput).mutation(({ ctx, input }) => linkManager(ctx, input)),
  dismiss: adminProcedure.input(userInput).mutation(({ ctx, input }) => dismissUser(ctx, input)),
  restore: adminProcedure.input(userInput).mutation(({ ctx, input }) => restoreUser(ctx, input)),
});
