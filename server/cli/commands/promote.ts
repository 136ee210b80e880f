import { promoteModel, promoteModelInput } from "../../models/promote-model.ts";
import { type Command, readArgs, readInput, WrongUsage, withCtx } from "../command.ts";

export const command: Command = {
  usage: 'promote <id|latest> [--override "why"]',
  does: {
    ru: "Включает модель, если проверка её пропускает или вы за неё отвечаете.",
    en: "Makes a model the active one, if the gate lets it pass or you answer for it.",
  },
  async run(args, terminal) {
    const { values, positionals } = readArgs(
      args,
      { override: { type: "string" } },
      { ru: "Назовите модель: номер или latest.", en: "Name the model: its id or latest." },
    );
    const [which, ...more] = positionals;
    if (more.length > 0) throw new WrongUsage({ ru: "Модель нужна одна.", en: "Name one model only." });
    const input = readInput(promoteModelInput, {
      modelId: which === "latest" ? "latest" : Number(which),
      override: values.override,
    });
    const promotion = await withCtx((ctx) => promoteModel(ctx, input));
    const { modelId } = promotion;
    if (!promotion.ok) {
      terminal.note({
        ru: `Проверка не пропускает модель ${modelId}:`,
        en: `The gate does not let model ${modelId} pass:`,
      });
      for (const { ru, en } of promotion.reasons) terminal.note({ ru: `  ${ru}`, en: `  ${en}` });
      terminal.note({
        ru: 'Включить всё равно: --override "почему"',
        en: 'To promote it all the same: --override "why"',
      });
      return 1;
    }
    terminal.note(
      promotion.changed
        ? { ru: `Модель ${modelId} действует.`, en: `Model ${modelId} is active.` }
        : { ru: `Модель ${modelId} уже действовала.`, en: `Model ${modelId} was active already.` },
    );
    terminal.print(String(modelId));
    return 0;
  },
};
