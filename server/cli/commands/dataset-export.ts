import path from "node:path";
import { exportDataset, exportDatasetInput } from "../../dataset/export-dataset.ts";
import { type Command, readArgs, readInput, withCtx } from "../command.ts";

export const command: Command = {
  usage: "dataset export --out DIR [--as-of YYYY-MM-DD] [--format csv|libsvm] [--force]",
  does: {
    ru: "Выгружает обучающую матрицу, чтобы обучить модель на другой машине: Spark, Dask, Ray, xgboost.",
    en: "Writes the training matrix, so that another engine may train: Spark, Dask, Ray, xgboost.",
  },
  async run(args, terminal) {
    const { values } = readArgs(args, {
      out: { type: "string" },
      "as-of": { type: "string" },
      format: { type: "string", default: "csv" },
      force: { type: "boolean", default: false },
    });
    const input = readInput(exportDatasetInput, {
      out: values.out === undefined ? undefined : path.resolve(values.out),
      asOf: values["as-of"],
      format: values.format,
      force: values.force,
    });
    const stop = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
    const { rows, columns } = await withCtx((ctx) =>
      exportDataset(ctx, input, {
        signal: stop.signal,
        onProgress: ({ rows, of }) => terminal.progress(`${Math.floor((20 * rows) / of) * 5} %`),
      }),
    );
    terminal.note({
      ru: `Выгружено строк: ${rows.fit} учить, ${rows.tune + rows.test} судить; столбцов ${columns.length}. Как обучить, сказано в manifest.json.`,
      en: `Rows written: ${rows.fit} to fit on, ${rows.tune + rows.test} to judge by; ${columns.length} columns. manifest.json says how to train.`,
    });
    terminal.print(input.out);
    return 0;
  },
};
