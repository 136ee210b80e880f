import path from "node:path";
import { importModel, importModelInput } from "../../models/import-model.ts";
import { type Command, readArgs, readInput, withCtx } from "../command.ts";

export const command: Command = {
  usage: "models import --suitability model.json --deal model.json --dataset DIR",
  does: {
    ru: "Берёт модель XGBoost, обученную в другом месте на выгрузке; она становится кандидатом.",
    en: "Takes a model of XGBoost that was trained elsewhere on an export; it becomes a candidate.",
  },
  async run(args, terminal) {
    const { values } = readArgs(args, {
      suitability: { type: "string" },
      deal: { type: "string" },
      dataset: { type: "string" },
    });
    const input = readInput(importModelInput, values);
    const places = Object.fromEntries(Object.entries(input).map(([name, place]) => [name, path.resolve(place)]));
    const stop = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
    const { modelId, sameRecords } = await withCtx((ctx) =>
      importModel(ctx, importModelInput.parse(places), {
        signal: stop.signal,
        onProgress: ({ stage, percent }) => terminal.progress(`${Math.floor(percent / 5) * 5} % ${stage}`),
      }),
    );
    if (!sameRecords)
      terminal.note({
        ru: "С выгрузки записи изменились: отчёт сделан по нынешним.",
        en: "The records have changed since the export: the report is made on those of now.",
      });
    terminal.note({
      ru: `Готова модель ${modelId}. Включить: npm run ostap -- promote ${modelId}`,
      en: `Model ${modelId} is ready. To put it to use: npm run ostap -- promote ${modelId}`,
    });
    terminal.print(String(modelId));
    return 0;
  },
};
