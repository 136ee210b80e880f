import { listModels } from "../../models/list-models.ts";
import { type Command, readArgs, withCtx } from "../command.ts";

export const command: Command = {
  usage: "models",
  does: { ru: "Перечисляет модели, новые сверху.", en: "Lists the models, newest first." },
  async run(args, terminal) {
    readArgs(args, {});
    const rows = await withCtx((ctx) => listModels(ctx));
    if (rows.length === 0)
      terminal.note({
        ru: "Моделей нет. Обучить: npm run ostap -- train",
        en: "There are no models. To train one: npm run ostap -- train",
      });
    for (const row of rows) {
      const { n, source } = row.thresholdBasis;
      const threshold = `${row.threshold.toFixed(4)} (${source}, n=${n})`;
      const cells = [row.modelId, row.status, row.asOf, threshold, row.artifactSha256.slice(0, 12)];
      terminal.print([...cells, row.createdAt.toISOString(), row.createdBy].join("\t"));
    }
    return 0;
  },
};
