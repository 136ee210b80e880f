import { getMe } from "../../users/get-me.ts";
import { managerProcedure, router } from "../init.ts";

export const meRouter = router({
  get: managerProcedure.query(({ ctx }) => getMe(ctx)),
});
