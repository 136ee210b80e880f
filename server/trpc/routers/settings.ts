import { changeSetting, changeSettingInput } from "../../settings/change-setting.ts";
import { showFirm } from "../../settings/show-firm.ts";
import { adminProcedure, router } from "../init.ts";

export const settingsRouter = router({
  firm: adminProcedure.query(({ ctx }) => showFirm(ctx)),
  change: adminProcedure.input(changeSettingInput).mutation(({ ctx, input }) => changeSetting(ctx, input)),
});
