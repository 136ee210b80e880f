import { seededRandom } from "#/ml/candidates.ts";

export const PILOT_LEADS = 10;
/** Kept ones that are mixed in: those nearest to the threshold, without a gap, and as many of the rest. */
const NEAR = 5;
const SAMPLED = 5;

export interface DrawnCase {
  premisesId: string;
  suitability: number;
  stratum: "removed" | "near" | "sampled";
}

/** What follows from a seed: which leads of the pool, which kept ones of each, and in what order they are shown. */
export class Draw {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  /** Call it first: the cases of the leads follow in the order of the leads. */
  leads(pool: readonly string[]): string[] {
    return this.shuffled(pool).slice(0, PILOT_LEADS);
  }

  /** Every removed premises and some kept ones, shuffled: the order says nothing of the model. */
  cases(suitabilities: ReadonlyMap<string, number>, threshold: number): DrawnCase[] {
    const list = [...suitabilities]
      .map(([premisesId, suitability]) => ({ premisesId, suitability }))
      .sort((a, b) => a.suitability - b.suitability || (a.premisesId < b.premisesId ? -1 : 1));
    const removed = list.filter(({ suitability }) => suitability < threshold);
    const kept = list.slice(removed.length);
    const cases = [
      ...removed.map((one) => ({ ...one, stratum: "removed" as const })),
      ...kept.slice(0, NEAR).map((one) => ({ ...one, stratum: "near" as const })),
      ...this.shuffled(kept.slice(NEAR))
        .slice(0, SAMPLED)
        .map((one) => ({ ...one, stratum: "sampled" as const })),
    ];
    return this.shuffled(cases);
  }

  /** Fisher and Yates. */
  private shuffled<T>(list: readonly T[]): T[] {
    const shuffled = [...list];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = Math.floor(this.random() * (i + 1));
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    return shuffled;
  }
}
