import { findLeads, findLeadsInput } from "../../leads/find-leads.ts";
import { getLead, getLeadInput } from "../../leads/get-lead.ts";
import { managerProcedure, router } from "../init.ts";

export const leadsRouter = router({
  find: managerProcedure.input(findLeadsInput).query(({ ctx, input }) => findLeads(ctx, input)),
  get: managerProcedure.input(getLeadInput).query(({ ctx, input }) => getLead(ctx, input)),
});
