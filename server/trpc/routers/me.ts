import { changePassword, changePasswordInput } from "../../auth/change-password.ts";
import { endSessions } from "../../auth/end-sessions.ts";
import { measureTaste } from "../../personalization/measure-taste.ts";
import { showTaste } from "../../personalization/show-taste.ts";
import { endTour } from "../../users/end-tour.ts";
import { getMe } from "../../users/get-me.ts";
import { savePreferences, savePreferencesInput } from "../../users/preferences.ts";
import { seeModel, seeModelInput } from "../../users/see-model.ts";
import { showFunnel, showFunnelInput } from "../../users/show-funnel.ts";
import { managerProcedure, router } from "../init.ts";

export const meRouter = router({
  get: managerProcedure.query(({ ctx }) => getMe(ctx)),
  taste: managerProcedure.query(({ ctx }) => showTaste(ctx)),
  tasteEffect: managerProcedure.query(({ ctx }) => measureTaste(ctx)),
  funnel: managerProcedure.input(showFunnelInput).query(({ ctx, input }) => showFunnel(ctx, input)),
  prefer: managerProcedure.input(savePreferencesInput).mutation(({ ctx, input }) => savePreferences(ctx, input)),
  changePassword: managerProcedure.input(changePasswordInput).mutation(({ ctx, input }) => changePassword(ctx, input)),
  endSessions: managerProcedure.mutation(({ ctx }) => endSessions(ctx)),
  seeModel: managerProcedure.input(seeModelInput).mutation(({ ctx, input }) => seeModel(ctx, input)),
  endTour: managerProcedure.mutation(({ ctx }) => endTour(ctx)),
});
