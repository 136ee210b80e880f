import { requestTraining, requestTrainingInput } from "../../training/request-training.ts";
import { trainModel } from "../../training/train-model.ts";
import { type Command, readArgs, readInput, withCtx } from "../command.ts";

export const command: Command = {
  usage: "train [--as-of YYYY-MM-DD] [--search TRIALS]",
  does: {
    ru: "Обучает модель на всём, что загружено; она становится кандидатом. --search сначала ищет параметры лучше.",
    en: "Trains a model on all that was imported; it becomes a candidate. --search looks for better parameters first.",
  },
  async run(args, terminal) {
    const { values } = readArgs(args, { "as-of": { type: "string" }, search: { type: "string" } });
    const searchTrials = values.search === undefined ? undefined : Number(values.search);
    const request = readInput(requestTrainingInput, { asOf: values["as-of"], by: "here", searchTrials });
    const stop = new AbortController();
    process.once("SIGINT", () => stop.abort());
    process.once("SIGTERM", () => stop.abort());
    return withCtx(async (ctx) => {
      const training = await requestTraining(ctx, request);
      const { modelId } = await trainModel(ctx, training, {
        signal: stop.signal,
        onProgress: ({ stage, percent }) => terminal.progress(`${Math.floor(percent / 5) * 5} % ${stage}`),
      });
      terminal.note({
        ru: `Готова модель ${modelId}. Включить: npm run ostap -- promote ${modelId}`,
        en: `Model ${modelId} is ready. To put it to use: npm run ostap -- promote ${modelId}`,
      });
      terminal.print(String(modelId));
      return 0;
    });
  },
};
