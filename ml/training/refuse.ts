import type { CandidateSet } from "../candidates.ts";
import type { MarketTimeline } from "../timeline.ts";

export type RefusalCode =
  | "no_premises"
  | "no_vacancies"
  | "too_few_pairs"
  | "too_few_deals"
  | "too_few_leads_to_calibrate";

/** The market holds too little to learn from: what there is, and what it takes. */
export class TrainingRefused extends Error {
  override name = "TrainingRefused";
  readonly code: RefusalCode;
  readonly numbers: Readonly<Record<string, number>>;

  constructor(code: RefusalCode, message: string, numbers: Record<string, number>) {
    super(message);
    this.code = code;
    this.numbers = numbers;
  }
}

export const PAIRS_MIN = 200;
export const DEALS_MIN = 40;
export const CALIBRATION_LEADS_MIN = 20;

/** Throws `TrainingRefused` where no honest model can come out. */
export function refuseTooLittle(timeline: MarketTimeline, sets: readonly CandidateSet[]): void {
  const premises = timeline.premises.length;
  if (premises === 0) throw new TrainingRefused("no_premises", "There is no premises in the records.", { premises });
  const vacancies = timeline.history.vacancies.length;
  if (vacancies === 0)
    throw new TrainingRefused(
      "no_vacancies",
      "The records do not say what was free when: import vacancies, or leases to derive them from.",
      { vacancies },
    );
  const candidates = sets.flatMap((set) => set.candidates);
  const pairs = candidates.filter((candidate) => candidate.suitable).length;
  if (pairs < PAIRS_MIN)
    throw new TrainingRefused(
      "too_few_pairs",
      `${pairs} offered or rented premises were on the market at their time, training takes ${PAIRS_MIN}.`,
      { pairs, needed: PAIRS_MIN },
    );
  const deals = candidates.filter((candidate) => candidate.deal).length;
  if (deals < DEALS_MIN)
    throw new TrainingRefused("too_few_deals", `${deals} deals or leases can be used, training takes ${DEALS_MIN}.`, {
      deals,
      needed: DEALS_MIN,
    });
}
