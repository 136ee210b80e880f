import { deleteView, deleteViewInput } from "../../views/delete-view.ts";
import { listViews } from "../../views/list-views.ts";
import { saveView, saveViewInput } from "../../views/save-view.ts";
import { managerProcedure, router } from "../init.ts";

export const viewsRouter = router({
  list: managerProcedure.query(({ ctx }) => listViews(ctx)),
  save: managerProcedure.input(saveViewInput).mutation(({ ctx, input }) => saveView(ctx, input)),
  delete: managerProcedure.input(deleteViewInput).mutation(({ ctx, input }) => deleteView(ctx, input)),
});
