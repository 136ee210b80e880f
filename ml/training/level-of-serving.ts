import { chanceOfDeal } from "../chance-of-deal.ts";
import { type HeldOut, judgeHeldOut } from "../evaluation/held-out.ts";
import { mean } from "../evaluation/metrics.ts";
import type { EvaluationReport } from "../evaluation/report.ts";
import { predictMarginsOfBoth } from "../xgboost/booster.ts";
import type { Xgboost } from "../xgboost/library.ts";
import { calibrated } from "./calibrate.ts";
import type { Heads } from "./fit-heads.ts";
import type { HeldOutFindings } from "./hold-out.ts";
import type { Laps } from "./laps.ts";
import type { TrainingMaterial } from "./material.ts";

/** The newest held-out leads are enough: the level is a mean over all that was free for them. */
const LEADS_MAX = 150;
const LEADS_MIN = 20;
/** A client is shown about so many. */
const SHOWN_PER_LEAD = 3;

/**
 * Threshold and calibration were found with heads that had not seen the last stretch; those that serve have, with whatever
 * was marked in it. This holds the two against each other on the same leads: of those that nobody marked, the premises
 * that are not known to suit. null: too few such leads.
 */
export async function levelOfServing(
  material: TrainingMaterial,
  heads: Heads,
  { heldOut, threshold, calibration, surelySuitsOdds }: HeldOutFindings,
  { laps, library }: { laps: Laps; library: Xgboost },
): Promise<NonNullable<EvaluationReport["level"]> | null> {
  const { timeline, features } = material;
  const places = heldOut.leads
    .map(({ set }, place) => ({ place, unmarked: set.candidates.every(({ judged }) => !judged) }))
    .filter(({ unmarked }) => unmarked)
    .slice(-LEADS_MAX)
    .map(({ place }) => place);
  if (places.length < LEADS_MIN) return null;
  const serving = await judgeHeldOut({
    timeline,
    features,
    sets: places.map((place) => heldOut.leads[place]!.set),
    heads: (matrix, rows) => predictMarginsOfBoth(heads, matrix, rows, features.length, library),
    rankers: [],
    signal: laps.signal,
  });
  const levelOf = ({ leads, suitability, dealMargins }: Pick<HeldOut, "leads" | "suitability" | "dealMargins">) => {
    const said = leads.map(({ suits }, lead) => {
      const known = new Set(suits);
      const rest = Array.from(suitability[lead]!, (share, at) => ({ share, margin: dealMargins[lead]![at]! })).filter(
        (_, at) => !known.has(at),
      );
      const chances = rest.map(({ share, margin }) =>
        chanceOfDeal(calibrated(calibration, margin), Math.log(share / (1 - share)), surelySuitsOdds),
      );
      return {
        chance: mean(chances.sort((a, b) => b - a).slice(0, SHOWN_PER_LEAD)),
        kept: mean(rest.map(({ share }) => +(share >= threshold.threshold))),
      };
    });
    const told = said.filter(({ chance }) => Number.isFinite(chance));
    return { chance: mean(told.map(({ chance }) => chance)), kept: mean(told.map(({ kept }) => kept)) };
  };
  const proved = levelOf({
    leads: places.map((place) => heldOut.leads[place]!),
    suitability: places.map((place) => heldOut.suitability[place]!),
    dealMargins: places.map((place) => heldOut.dealMargins[place]!),
  });
  return { leads: places.length, proved, serving: levelOf(serving) };
}
