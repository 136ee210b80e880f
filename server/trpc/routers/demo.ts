import { requestDemo, requestDemoInput } from "../../demo/request-demo.ts";
import { showDemo } from "../../demo/show-demo.ts";
import { adminProcedure, router } from "../init.ts";

export const demoRouter = router({
  show: adminProcedure.query(({ ctx }) => showDemo(ctx)),
  request: adminProcedure.input(requestDemoInput).mutation(({ ctx }) => requestDemo(ctx)),
});
