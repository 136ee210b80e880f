import { appendFileSync } from "node:fs";

/** What a loop of faults did: printed, so that a round that was not survived can be run again by its seed. */
export interface FaultRecorder {
  /** The same for the same seed and round. */
  random(): number;
  /** So many rounds are asked for. */
  rounds: number;
  /** Runs one round; its end, good or bad, is written down. */
  round<T>(at: string, work: () => Promise<T>): Promise<T>;
}

/**
 * OSTAP_FAULT_ROUNDS asks for more rounds than a CI can afford, OSTAP_FAULT_SEED for those of a run before;
 * OSTAP_FAULT_LOG names a file that keeps what is printed.
 */
export function recordFaults(name: string, roundsByDefault: number): FaultRecorder {
  const seed = Number(process.env.OSTAP_FAULT_SEED || Date.now() % 2 ** 31);
  const rounds = Number(process.env.OSTAP_FAULT_ROUNDS || roundsByDefault);
  let state = seed >>> 0;
  let [tried, survived] = [0, 0];
  const print = (line: string) => {
    process.stderr.write(`${line}\n`);
    if (process.env.OSTAP_FAULT_LOG) appendFileSync(process.env.OSTAP_FAULT_LOG, `${line}\n`);
  };
  return {
    rounds,
    random() {
      // mulberry32
      state = (state + 0x6d2b79f5) >>> 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    },
    async round(at, work) {
      tried++;
      try {
        const result = await work();
        survived++;
        return result;
      } finally {
        print(`fault "${name}", seed ${seed}, round ${tried} (${at}): survived ${survived} of ${tried} tried`);
      }
    },
  };
}
