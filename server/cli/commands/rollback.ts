import { rollBackModel } from "../../models/roll-back-model.ts";
import { type Command, readArgs, withCtx } from "../command.ts";

export const command: Command = {
  usage: "rollback",
  does: {
    ru: "Возвращает модель, которая действовала до последнего включения.",
    en: "Brings back the model that was active before the last promotion.",
  },
  async run(args, terminal) {
    readArgs(args, {});
    const { modelId, fromModelId } = await withCtx((ctx) => rollBackModel(ctx));
    terminal.note({
      ru: `Действует модель ${modelId}, до этого ${fromModelId}.`,
      en: `Model ${modelId} is active, before it was ${fromModelId}.`,
    });
    terminal.print(String(modelId));
    return 0;
  },
};
