import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";
import type { MarketHistory } from "#/ml/facts.ts";
import type { TrainedElsewhere } from "#/ml/training/adopt.ts";
import type { TrainingParameters } from "#/ml/training/parameters.ts";
import type { ActiveArtifact, TrainedModel } from "#/ml/training/train.ts";
import type { Words } from "../wording.ts";
import {
  activeFile,
  artifactFile,
  elsewhereFile,
  historyFile,
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

/** The process that trained failed or died: `message` holds its last words. */
export class TrainingBroken extends Error {
  override name = "TrainingBroken";
}

export interface TrainApart {
  home: string;
  asOfDay: number;
  seed: number;
  searchTrials?: number;
  parameters?: Partial<TrainingParameters>;
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
  const trainings = path.join(options.home, "tmp", "training");
  await rm(trainings, { recursive: true, force: true });
  const folder = path.join(trainings, randomUUID());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await writeFile(path.join(folder, historyFile), serialize(history), { mode: 0o600 });
    options.signal.throwIfAborted();
    const { active, asOfDay, seed, searchTrials = 0, parameters = {}, elsewhere } = options;
    if (active) await writeFile(path.join(folder, activeFile), active.artifact, { mode: 0o600 });
    if (elsewhere) await writeFile(path.join(folder, elsewhereFile), serialize(elsewhere), { mode: 0o600 });
    const what = { searchTrials, parameters, activeSha256: active?.sha256 ?? null, elsewhere: elsewhere !== undefined };
    await obey({ folder, asOfDay, seed, ...what }, options);
    const trained = deserialize(await readFile(path.join(folder, trainedFile))) as TrainedFacts;
    return { ...trained, artifact: new Uint8Array(await readFile(path.join(folder, artifactFile))) };
  } finally {
    await rm(trainings, { recursive: true, force: true });
  }
}

/** Forks the process, gives it the order and waits for its end. */
function obey(order: TrainingOrder, { onProgress, signal }: TrainApart): Promise<void> {
  const child = fork(program, [], {
    execArgv: [`--max-old-space-size=${heapMegabytes()}`, "--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const lastWords = hear(child);
  const kill = () => child.kill("SIGKILL");
  signal.addEventListener("abort", kill, { once: true });
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
      else
        reject(new TrainingBroken(`The training process died (${killedBy ?? `code ${code}`}). ${lastWords()}`.trim()));
    });
    child.send(order);
  }).finally(() => signal.removeEventListener("abort", kill));
}

/** Half of the machine, at most 8 GB: the matrix itself lies outside the heap, and a database runs beside it. */
function heapMegabytes(): number {
  return Math.max(512, Math.min(8192, Math.floor(os.totalmem() / 2 / 1024 / 1024)));
}

/** Collects what the process writes to stderr, its end only: native code says there why it dies. */
function hear(child: ChildProcess): () => string {
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (more: string) => {
    words = (words + more).slice(-LAST_WORDS);
  });
  return () => words.trim();
}
