import { z } from "zod";

const probability = z.number().min(0).max(1);

/** What an artifact says beside its trees: how facts become columns and margins become answers. */
export const modelSettings = z.strictObject({
  vocabulary: z.strictObject({
    trades: z.array(z.string()),
    districts: z.array(z.string()),
    managers: z.array(z.string()),
  }),
  /** Deal margin → chance of a deal; never falls. */
  calibration: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("platt"), slope: z.number().positive(), intercept: z.number() }),
    z.strictObject({
      kind: z.literal("isotonic"),
      margins: z.array(z.number()).min(1),
      probabilities: z.array(probability).min(1),
    }),
  ]),
  /** Suitability odds from which on a premises is taken to suit for sure. */
  surelySuitsOdds: z.number().positive(),
  /** The range of rents per m² and month that the training saw, but for the lowest and highest hundredth. */
  seenRents: z.strictObject({ lowestRubSqmMonth: z.number(), highestRubSqmMonth: z.number() }),
});

export type ModelSettings = z.infer<typeof modelSettings>;
