import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";
import type { MarketHistory } from "#/ml/facts.ts";
import type { TrainedElsewhere } from "#/ml/training/adopt.ts";
import type { TrainingParameters } from "#/ml/training/parameters.ts";
import type { ActiveArtifact, TrainedModel } from "#/ml/training/train.ts";
import { readEnv } from "../env.ts";
import type { Words } from "../wording.ts";
import { sweepTrainingFiles, trainingFolder } from "./training-files.ts";
import {
  activeFile,
  artifactFile,
  elsewhereFile,
  historyFile,
  readMemory,
  type TrainedFacts,
  type TrainingMessage,
  type TrainingOrder,
  trainedFile,
} from "./training-messages.ts";

/** Too little to learn from, no library, or heads that will not do: `message`, and `words` where there are, say what to do. */
export class TrainingDeclined extends Error {
  override name = "TrainingDeclined";
  readonly words: Words | undefined;

  constructor(message: string, words?: Words) {
    super(message);
    this.words = words;
  }
}

/** The process that trained failed or died: `message` holds its last words, `words` are for people where it is known why. */
export class TrainingBroken extends Error {
  override name = "TrainingBroken";
  readonly words: Words | undefined;

  constructor(message: string, words?: Words) {
    super(message);
    this.words = words;
  }
}

export interface TrainApart {
  home: string;
  asOfDay: number;
  seed: number;
  searchTrials?: number;
  parameters?: Partial<TrainingParameters>;
  /** Resident memory that the process may take; by default what the installation allows. */
  memoryMegabytes?: number;
  /** What serves now, for the report to hold the new model against. */
  active: ActiveArtifact | null;
  /** Heads to adopt instead of fitting any. */
  elsewhere?: TrainedElsewhere;
  onProgress: (stage: string, fraction: number) => void;
  signal: AbortSignal;
}

const program = fileURLToPath(new URL("./training-process.ts", import.meta.url));
/** Last words worth keeping, in characters. */
const LAST_WORDS = 2000;

/**
 * Trains, or adopts heads, in a process of its own. Throws `TrainingDeclined`, `TrainingBroken`, or the signal's reason after an abort, which
 * kills the process. Its temporary files are gone when this returns, and so are those of a run that was killed before:
 * only one training runs at a time.
 */
export async function trainApart(history: MarketHistory, options: TrainApart): Promise<TrainedModel> {
  await sweepTrainingFiles(options.home);
  const folder = path.join(trainingFolder(options.home), randomUUID());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await writeFile(path.join(folder, historyFile), serialize(history), { mode: 0o600 });
    options.signal.throwIfAborted();
    const { active, asOfDay, seed, searchTrials = 0, parameters = {}, elsewhere } = options;
    if (active) await writeFile(path.join(folder, activeFile), active.artifact, { mode: 0o600 });
    if (elsewhere) await writeFile(path.join(folder, elsewhereFile), serialize(elsewhere), { mode: 0o600 });
    const what = { searchTrials, parameters, activeSha256: active?.sha256 ?? null, elsewhere: elsewhere !== undefined };
    const memoryMegabytes = options.memoryMegabytes ?? readEnv().trainingMemoryMegabytes ?? memoryOfMachine();
    await obey({ folder, asOfDay, seed, memoryMegabytes, ...what }, options);
    const trained = deserialize(await readFile(path.join(folder, trainedFile))) as TrainedFacts;
    return { ...trained, artifact: new Uint8Array(await readFile(path.join(folder, artifactFile))) };
  } finally {
    await sweepTrainingFiles(options.home);
  }
}

/** Forks the process, gives it the order and waits for its end. */
function obey(order: TrainingOrder, { onProgress, signal }: TrainApart): Promise<void> {
  const child = fork(program, [], {
    execArgv: [`--max-old-space-size=${heapWithin(order.memoryMegabytes)}`, "--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const lastWords = hear(child);
  const kill = () => child.kill("SIGKILL");
  signal.addEventListener("abort", kill, { once: true });
  // It may have been aborted while the files were written, and is not aborted again.
  if (signal.aborted) kill();
  return new Promise<void>((resolve, reject) => {
    let said: TrainingMessage | undefined;
    child.on("message", (message: TrainingMessage) => {
      if (message.kind === "progress") onProgress(message.stage, message.fraction);
      else said = message;
    });
    child.once("error", reject);
    child.once("close", (code, killedBy) => {
      if (signal.aborted) reject(signal.reason);
      else if (said?.kind === "done") resolve();
      else if (said?.kind === "refused") reject(new TrainingDeclined(said.message, said.words));
      else if (said?.kind === "failed") reject(new TrainingBroken(said.message));
      else reject(death(order, killedBy ?? `code ${code}`, lastWords()));
    });
    child.send(order);
  }).finally(() => signal.removeEventListener("abort", kill));
}

function death({ memoryMegabytes }: TrainingOrder, how: string, lastWords: string): TrainingBroken {
  const message = `The training process died (${how}). ${lastWords}`.trim();
  const taken = readMemory(lastWords);
  if (taken === null) return new TrainingBroken(message);
  const [ru, en] = Number.isNaN(taken) ? ["", ""] : [`, а заняло ${taken} МБ`, ` and took ${taken} MB`];
  return new TrainingBroken(message, {
    ru: `Обучению не хватило памяти: ему можно ${memoryMegabytes} МБ${ru}. Освободите память или поднимите OSTAP_TRAINING_MEMORY_MB.`,
    en: `The training ran out of memory: it may take ${memoryMegabytes} MB${en}. Free some memory or raise OSTAP_TRAINING_MEMORY_MB.`,
  });
}

/** Six tenths of the machine, at most 12 GB: a database and a web server run beside it. */
function memoryOfMachine(): number {
  return Math.max(1024, Math.min(12_288, Math.floor((os.totalmem() * 0.6) / 1024 / 1024)));
}

/** The heap's part of that: the matrix and XGBoost's own memory lie outside it. */
function heapWithin(memoryMegabytes: number): number {
  return Math.max(256, Math.min(8192, Math.floor(memoryMegabytes * 0.75)));
}

/** Collects what the process writes to stderr, its end only: native code says there why it dies. */
function hear(child: ChildProcess): () => string {
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (more: string) => {
    words = (words + more).slice(-LAST_WORDS);
  });
  return () => words.trim();
}
