import { rm } from "node:fs/promises";
import path from "node:path";

/** Where a training keeps what it hands to its process and gets back. */
export function trainingFolder(home: string): string {
  return path.join(home, "tmp", "training");
}

/** Removes what trainings left behind, this one or one that was killed: only one runs at a time. */
export async function sweepTrainingFiles(home: string): Promise<void> {
  await rm(trainingFolder(home), { recursive: true, force: true, maxRetries: 3 });
}
