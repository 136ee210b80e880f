import { matchPremises, matchPremisesInput } from "../../matching/match-premises.ts";
import { showBoard, showBoardInput } from "../../matching/show-board.ts";
import { tellModelChange, tellModelChangeInput } from "../../matching/tell-model-change.ts";
import { weighPremises, weighPremisesInput } from "../../matching/weigh-premises.ts";
import { whatIf, whatIfInput } from "../../matching/what-if.ts";
import { managerProcedure, router } from "../init.ts";

export const matchingRouter = router({
  board: managerProcedure.input(showBoardInput).query(({ ctx, input }) => showBoard(ctx, input)),
  whatIf: managerProcedure.input(whatIfInput).query(({ ctx, input }) => whatIf(ctx, input)),
  modelChange: managerProcedure.input(tellModelChangeInput).query(({ ctx, input }) => tellModelChange(ctx, input)),
  weigh: managerProcedure.input(weighPremisesInput).query(({ ctx, input }) => weighPremises(ctx, input)),
  premises: managerProcedure.input(matchPremisesInput).query(({ ctx, input }) => matchPremises(ctx, input)),
});
