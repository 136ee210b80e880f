import { showBoard, showBoardInput } from "../../matching/show-board.ts";
import { managerProcedure, router } from "../init.ts";

export const matchingRouter = router({
  board: managerProcedure.input(showBoardInput).query(({ ctx, input }) => showBoard(ctx, input)),
});
