import { z } from "zod";

/** Every job there is, by its name, and what it carries. Parsed on both sides: a queue outlives the build that wrote to it. */
export const payloads = {
  /** Records what is free today at which price. */
  "take-free-snapshot": z.strictObject({}),
  /** Walks the chain of the audit log. */
  "check-audit-log": z.strictObject({}),
  /** Forgets old runs that nobody will ask for. */
  "forget-runs": z.strictObject({}),
  /** Looks what the model had said of new deals and leases, and whether inputs have drifted. */
  "watch-quality": z.strictObject({}),
  /** Measures for a row of `fillings` what filled fields change. */
  "measure-filling": z.strictObject({ fillingId: z.number().int().positive() }),
  /** Asks for a training, as the monthly schedule does. */
  "request-training": z.strictObject({}),
  /** Trains for a row of `trainings`. */
  "train-model": z.strictObject({ trainingId: z.number().int().positive() }),
  /** Imports for a row of `import_runs`. */
  "run-import": z.strictObject({ runId: z.number().int().positive() }),
  /** Fills an empty database with the demo's market and trains on it. */
  "load-demo": z.strictObject({}),
} as const;

export type JobName = keyof typeof payloads;
export type Payload<N extends JobName> = z.infer<(typeof payloads)[N]>;

export const jobNames = Object.keys(payloads) as JobName[];

/** What the worker's queue calls itself in pg_stat_activity. */
export const workerQueueName = "ostap worker queue";
