import { showBoard, showBoardInput } from "../../matching/show-board.ts";
import { whatIf, whatIfInput } from "../../matching/what-if.ts";
import { managerProcedure, router } from "../init.ts";

export const matchingRouter = router({
  board: managerProcedure.input(showBoardInput).query(({ ctx, input }) => showBoard(ctx, input)),
  whatIf: managerProcedure.input(whatIfInput).query(({ ctx, input }) => whatIf(ctx, input)),
});
