import { abandonPilot, abandonPilotInput } from "../../pilot/abandon-pilot.ts";
import { answerCases, answerCasesInput } from "../../pilot/answer-cases.ts";
import { decidePilot } from "../../pilot/decide-pilot.ts";
import { pilotInput } from "../../pilot/find-pilot.ts";
import { listPilotChoices } from "../../pilot/list-choices.ts";
import { listPilots } from "../../pilot/list-pilots.ts";
import { openPilot, openPilotInput } from "../../pilot/open-pilot.ts";
import { showPilot } from "../../pilot/show-pilot.ts";
import { showPilotLead, showPilotLeadInput } from "../../pilot/show-pilot-lead.ts";
import { ownerProcedure, router } from "../init.ts";

export const pilotRouter = router({
  list: ownerProcedure.query(({ ctx }) => listPilots(ctx)),
  choices: ownerProcedure.query(({ ctx }) => listPilotChoices(ctx)),
  open: ownerProcedure.input(openPilotInput).mutation(({ ctx, input }) => openPilot(ctx, input)),
  show: ownerProcedure.input(pilotInput).query(({ ctx, input }) => showPilot(ctx, input)),
  lead: ownerProcedure.input(showPilotLeadInput).query(({ ctx, input }) => showPilotLead(ctx, input)),
  answer: ownerProcedure.input(answerCasesInput).mutation(({ ctx, input }) => answerCases(ctx, input)),
  decide: ownerProcedure.input(pilotInput).mutation(({ ctx, input }) => decidePilot(ctx, input)),
  abandon: ownerProcedure.input(abandonPilotInput).mutation(({ ctx, input }) => abandonPilot(ctx, input)),
});
