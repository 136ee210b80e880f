import type { TrainingParameters } from "#/ml/training/parameters.ts";
import type { TrainedModel } from "#/ml/training/train.ts";
import type { Words } from "../wording.ts";

/** What the parent hands to the process that trains: the files lie in `folder`. */
export interface TrainingOrder {
  /** Holds `history`, and `elsewhere` for heads to adopt; `artifact` and `trained` are written into it. */
  folder: string;
  /** Whether heads are adopted instead of fitted. */
  elsewhere: boolean;
  asOfDay: number;
  seed: number;
  searchTrials: number;
  /** Where a search begins, and what is taken without one; empty: this build's own. */
  parameters: Partial<TrainingParameters>;
  /** Resident memory, native code's included, beyond which the process ends itself. */
  memoryMegabytes: number;
  /** SHA-256 of the active model, whose file lies there too; null: none is active. */
  activeSha256: string | null;
}

/** What the process that trains says. After `done` or `refused` it has nothing more to say. */
export type TrainingMessage =
  | { kind: "progress"; stage: string; fraction: number }
  | { kind: "done" }
  /** The market holds too little to learn from, the library is missing, or heads will not do: an answer, and no accident. */
  | { kind: "refused"; message: string; words?: Words }
  | { kind: "failed"; message: string };

/** A trained model but for its artifact, which is a file of its own. */
export type TrainedFacts = Omit<TrainedModel, "artifact">;

export const historyFile = "history";
export const elsewhereFile = "elsewhere";
export const artifactFile = "artifact";
export const activeFile = "active";
export const trainedFile = "trained";

const memoryMark = "ostap: out of memory:";

/** Last words of a process that took more memory than it may. */
export function sayMemory(megabytes: number): string {
  return `${memoryMark} ${Math.round(megabytes)}\n`;
}

/** Megabytes that it had taken by those words, or by V8's own; null: it died of something else. NaN: they are not told. */
export function readMemory(lastWords: string): number | null {
  const own = new RegExp(`${memoryMark} (\\d+)`).exec(lastWords);
  if (own) return Number(own[1]);
  return /heap out of memory|bad_alloc|Array buffer allocation failed/.test(lastWords) ? Number.NaN : null;
}
