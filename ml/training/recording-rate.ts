import type { MarketTimeline } from "../timeline.ts";

/** How many true cases one recorded case stands for. */
export interface RecordingRate {
  /** Paid leases and won offers together ÷ won offers recorded. */
  successWeight: number;
  /** 1 ÷ share of failed offers that somebody recorded. */
  failureWeight: number;
  successes: number;
  failuresRecorded: number;
}

/** The design documents: a client is offered 2 to 4 premises. Means over 2, 3, 4 of k and of k·(k−1)/2. */
const OFFERED_MEAN = 3;
const OFFERED_PAIRS_MEAN = (1 + 3 + 6) / 3;
/** With fewer leads that were recorded twice nothing can be said of those recorded never. */
const TWICE_MIN = 10;
/** Where nothing can be said: the design documents' 5 recorded failures to a success against 20-30 true ones. */
const FAILURE_WEIGHT_DEFAULT = 5;
const FAILURE_WEIGHT_MAX = 30;

/**
 * How incomplete the records of offers are, by what the market itself shows. Successes: accounting knows every paid lease.
 * Failures: leads recorded twice against once tell how many were never recorded (capture and recapture after Chao 1987,
 * with 2 to 4 offers a lead): twice/once = r·E[k(k−1)/2]/E[k] to first order in the recorded share r.
 */
export function recordingRate(timeline: MarketTimeline): RecordingRate {
  const failures = new Map<string, number>();
  let won = 0;
  const dealt = new Set<string>();
  for (const { outcome, leadId, premisesId } of timeline.offers) {
    if (outcome === "won") {
      won++;
      dealt.add(`${leadId}/${premisesId}`);
    } else if (outcome === "lost") failures.set(leadId, (failures.get(leadId) ?? 0) + 1);
  }
  const unrecorded = timeline.leases.filter(
    (lease) => lease.leadId !== null && !dealt.has(`${lease.leadId}/${lease.premisesId}`),
  ).length;
  // Leases without a lead may be the deals that are recorded: only their surplus over those counts.
  const successes = Math.max(won + unrecorded, timeline.leases.length);
  const counts = [...failures.values()];
  const once = counts.filter((count) => count === 1).length;
  const twice = counts.filter((count) => count === 2).length;
  const share = (twice / Math.max(1, once)) * (OFFERED_MEAN / OFFERED_PAIRS_MEAN);
  const failureWeight =
    twice < TWICE_MIN ? FAILURE_WEIGHT_DEFAULT : Math.min(FAILURE_WEIGHT_MAX, Math.max(1, 1 / share));
  return {
    successWeight: Math.max(1, successes / Math.max(1, won)),
    failureWeight,
    successes,
    failuresRecorded: counts.reduce((a, b) => a + b, 0),
  };
}
