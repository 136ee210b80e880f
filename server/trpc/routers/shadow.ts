import { showShadow, showShadowInput } from "../../shadow/show-shadow.ts";
import { startShadow, startShadowInput } from "../../shadow/start-shadow.ts";
import { stopShadow, stopShadowInput } from "../../shadow/stop-shadow.ts";
import { adminProcedure, ownerProcedure, router } from "../init.ts";

export const shadowRouter = router({
  show: ownerProcedure.input(showShadowInput).query(({ ctx, input }) => showShadow(ctx, input)),
  start: adminProcedure.input(startShadowInput).mutation(({ ctx, input }) => startShadow(ctx, input)),
  stop: adminProcedure.input(stopShadowInput).mutation(({ ctx, input }) => stopShadow(ctx, input)),
});
