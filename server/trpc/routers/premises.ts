import { describePremises } from "../../premises/describe-premises.ts";
import { findPremises, findPremisesInput } from "../../premises/find-premises.ts";
import { getPremises } from "../../premises/get-premises.ts";
import { listDistricts } from "../../premises/list-districts.ts";
import { listNewlyFree, listNewlyFreeInput } from "../../premises/list-newly-free.ts";
import { premisesOnDayInput } from "../../premises/premises-on-day.ts";
import { managerProcedure, router } from "../init.ts";

export const premisesRouter = router({
  find: managerProcedure.input(findPremisesInput).query(({ ctx, input }) => findPremises(ctx, input)),
  get: managerProcedure.input(premisesOnDayInput).query(({ ctx, input }) => getPremises(ctx, input)),
  newlyFree: managerProcedure.input(listNewlyFreeInput).query(({ ctx, input }) => listNewlyFree(ctx, input)),
  describe: managerProcedure.input(premisesOnDayInput).query(({ ctx, input }) => describePremises(ctx, input)),
  districts: managerProcedure.query(({ ctx }) => listDistricts(ctx)),
});
