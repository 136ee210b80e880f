import { describePremises } from "../../premises/describe-premises.ts";
import { listDistricts } from "../../premises/list-districts.ts";
import { premisesOnDayInput } from "../../premises/premises-on-day.ts";
import { managerProcedure, router } from "../init.ts";

export const premisesRouter = router({
  describe: managerProcedure.input(premisesOnDayInput).query(({ ctx, input }) => describePremises(ctx, input)),
  districts: managerProcedure.query(({ ctx }) => listDistricts(ctx)),
});
