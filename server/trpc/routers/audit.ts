import { checkChain, lastCheck } from "../../audit-log/check-chain.ts";
import { listAuditActions, searchAudit, searchAuditInput } from "../../audit-log/search-audit.ts";
import { ownerProcedure, router } from "../init.ts";

export const auditRouter = router({
  search: ownerProcedure.input(searchAuditInput).query(({ ctx, input }) => searchAudit(ctx, input)),
  actions: ownerProcedure.query(({ ctx }) => listAuditActions(ctx)),
  lastCheck: ownerProcedure.query(({ ctx }) => lastCheck(ctx)),
  check: ownerProcedure.mutation(({ ctx }) => checkChain(ctx)),
});
