import { listDistricts } from "../../premises/list-districts.ts";
import { managerProcedure, router } from "../init.ts";

export const premisesRouter = router({
  districts: managerProcedure.query(({ ctx }) => listDistricts(ctx)),
});
