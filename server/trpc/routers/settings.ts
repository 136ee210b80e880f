import { changeSetting, changeSettingInput } from "../../settings/change-setting.ts";
import { adminProcedure, router } from "../init.ts";

export const settingsRouter = router({
  change: adminProcedure.input(changeSettingInput).mutation(({ ctx, input }) => changeSetting(ctx, input)),
});
