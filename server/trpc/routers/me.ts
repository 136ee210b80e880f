import { changePassword, changePasswordInput } from "../../auth/change-password.ts";
import { endSessions } from "../../auth/end-sessions.ts";
import { getMe } from "../../users/get-me.ts";
import { savePreferences, savePreferencesInput } from "../../users/preferences.ts";
import { managerProcedure, router } from "../init.ts";

export const meRouter = router({
  get: managerProcedure.query(({ ctx }) => getMe(ctx)),
  prefer: managerProcedure.input(savePreferencesInput).mutation(({ ctx, input }) => savePreferences(ctx, input)),
  changePassword: managerProcedure.input(changePasswordInput).mutation(({ ctx, input }) => changePassword(ctx, input)),
  endSessions: managerProcedure.mutation(({ ctx }) => endSessions(ctx)),
});
