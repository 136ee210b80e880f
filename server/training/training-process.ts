/**
 * The process that trains, forked by `train-apart.ts`: native code that crashes or eats all memory takes nothing else along.
 * It knows no database: the history comes in as a file, the artifact leaves as one.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import type { MarketHistory } from "#/ml/facts.ts";
import { adopt, type TrainedElsewhere } from "#/ml/training/adopt.ts";
import { TrainingRefused, type TrainOptions, train } from "#/ml/training/train.ts";
import { ModelRefused } from "#/ml/xgboost/adopt-model.ts";
import { XgboostMissing } from "#/ml/xgboost/library.ts";
import { readEnv } from "../env.ts";
import {
  activeFile,
  artifactFile,
  elsewhereFile,
  historyFile,
  type TrainingMessage,
  type TrainingOrder,
  trainedFile,
} from "./training-messages.ts";
import { watchProcess } from "./watch-process.ts";

// Whoever ordered the training is gone: nobody waits for the model any more.
process.once("disconnect", () => process.exit(1));
process.once("message", (order: TrainingOrder) => {
  watchProcess(order.memoryMegabytes);
  void run(order);
});

async function run(order: TrainingOrder): Promise<void> {
  try {
    const { xgboostLibrary } = readEnv();
    const history = deserialize(await readFile(path.join(order.folder, historyFile))) as MarketHistory;
    const options: TrainOptions = {
      asOfDay: order.asOfDay,
      seed: order.seed,
      searchTrials: order.searchTrials,
      parameters: order.parameters,
      ...(xgboostLibrary === undefined ? {} : { xgboostLibrary }),
      ...(await activeModel(order)),
      onProgress: ({ stage, fraction }) => void say({ kind: "progress", stage, fraction }),
    };
    const { artifact, ...trained } = order.elsewhere
      ? await adopt(history, await readElsewhere(order.folder), options)
      : await train(history, options);
    await writeFile(path.join(order.folder, artifactFile), artifact);
    await writeFile(path.join(order.folder, trainedFile), serialize(trained));
    await say({ kind: "done" });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof ModelRefused) await say({ kind: "refused", message, words: error.words });
    else if (error instanceof TrainingRefused || error instanceof XgboostMissing)
      await say({ kind: "refused", message });
    else await say({ kind: "failed", message: error instanceof Error ? (error.stack ?? message) : message });
  }
  process.exit(0);
}

async function activeModel({ folder, activeSha256: sha256 }: TrainingOrder) {
  return sha256 === null ? {} : { active: { sha256, artifact: await readFile(path.join(folder, activeFile)) } };
}

async function readElsewhere(folder: string): Promise<TrainedElsewhere> {
  return deserialize(await readFile(path.join(folder, elsewhereFile))) as TrainedElsewhere;
}

/** Resolves when the parent has it: a message still on its way would be lost with the process. */
function say(message: TrainingMessage): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, () => resolve());
  });
}
