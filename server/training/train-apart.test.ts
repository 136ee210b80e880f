import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { useTestHome } from "../testing/test-home.ts";
import { smallMarket } from "../testing/train-small-market.ts";
import { type TrainApart, trainApart } from "./train-apart.ts";
import { readMemory, sayMemory } from "./training-messages.ts";

const home = useTestHome();
const history = smallMarket().history();
const train = (over: Partial<TrainApart>) =>
  trainApart(history, {
    ...{ home: home.path, asOfDay: history.snapshotDay, seed: 1, active: null, onProgress: () => {} },
    signal: new AbortController().signal,
    ...over,
  });

test("a training that takes more memory than it may is ended, says so in words, and leaves nothing", {
  timeout: 60_000,
}, async () => {
  // Node alone takes less, the matrix and XGBoost take more; the heap's own limit is far above.
  const broken = await train({ memoryMegabytes: 130 }).then(
    () => expect.unreachable(),
    (error) => error,
  );
  expect(broken).toMatchObject({ name: "TrainingBroken" });
  expect(broken.words.ru).toMatch(/^Обучению не хватило памяти: ему можно 130 МБ, а заняло \d+ МБ\./);
  expect(broken.words.en).toContain("OSTAP_TRAINING_MEMORY_MB");
  expect(existsSync(path.join(home.path, "tmp", "training"))).toBe(false);
});

test("a training that is cancelled while its files are written does not run on", { timeout: 60_000 }, async () => {
  const told: string[] = [];
  for (const afterMs of [0, 1, 2, 4, 8, 16, 32]) {
    const signal = AbortSignal.timeout(afterMs);
    const began = performance.now();
    await expect(train({ signal, onProgress: (stage) => told.push(stage) })).rejects.toMatchObject({
      name: "TimeoutError",
    });
    // The whole takes many times longer.
    expect(performance.now() - began).toBeLessThan(5000);
  }
  expect(told).not.toContain("deal");
});

test("out of memory is told from other deaths by the last words", () => {
  expect(readMemory(`noise\n${sayMemory(812.4)}`)).toBe(812);
  expect(readMemory("FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory")).toBeNaN();
  expect(readMemory("terminate called after throwing an instance of 'std::bad_alloc'")).toBeNaN();
  expect(readMemory("Segmentation fault")).toBeNull();
});
