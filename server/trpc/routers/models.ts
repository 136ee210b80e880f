import { compareModels, compareModelsInput } from "../../models/compare-models.ts";
import { promoteModel, promoteModelInput } from "../../models/promote-model.ts";
import { rollBackModel, rollBackModelInput } from "../../models/roll-back-model.ts";
import { showModel, showModelInput } from "../../models/show-model.ts";
import { showRegistry } from "../../models/show-registry.ts";
import { adminProcedure, ownerProcedure, router } from "../init.ts";

export const modelsRouter = router({
  list: ownerProcedure.query(({ ctx }) => showRegistry(ctx)),
  show: ownerProcedure.input(showModelInput).query(({ ctx, input }) => showModel(ctx, input)),
  compare: ownerProcedure.input(compareModelsInput).query(({ ctx, input }) => compareModels(ctx, input)),
  promote: adminProcedure.input(promoteModelInput).mutation(({ ctx, input }) => promoteModel(ctx, input)),
  rollBack: adminProcedure.input(rollBackModelInput).mutation(({ ctx, input }) => rollBackModel(ctx, input)),
});
