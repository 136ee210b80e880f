/**
 * A thread beside the training that ends the whole process, whatever native code is doing meanwhile: when it takes more
 * memory than it may, or when whoever ordered the training is gone. A heap limit sees neither XGBoost nor the matrix.
 */
import { writeSync } from "node:fs";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { sayMemory } from "./training-messages.ts";

interface Watch {
  memoryMegabytes: number;
  parentPid: number;
}

const LOOK_MS = 100;

/** Begins to watch this process. */
export function watchProcess(memoryMegabytes: number): void {
  const watch: Watch = { memoryMegabytes, parentPid: process.ppid };
  new Worker(new URL(import.meta.url), { workerData: { watch }, execArgv: [] }).unref();
}

function look({ memoryMegabytes, parentPid }: Watch): void {
  if (process.ppid !== parentPid) process.kill(process.pid, "SIGKILL");
  const megabytes = process.memoryUsage.rss() / 1024 / 1024;
  if (megabytes <= memoryMegabytes) return;
  writeSync(2, sayMemory(megabytes));
  process.kill(process.pid, "SIGKILL");
}

if (!isMainThread) {
  const { watch } = workerData as { watch: Watch };
  setInterval(() => look(watch), LOOK_MS);
}
