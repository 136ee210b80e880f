import { conformalThreshold, REVIEWED_LEADS_MIN, type Threshold } from "./choose-threshold.ts";

/** A lead whose list a person went through. */
export interface ReviewedLead {
  /** Of every premises that was free, by its id: of the model alone, without anybody's taste. */
  suitabilities: ReadonlyMap<string, number>;
  /** Premises that were called suitable. */
  suitable: ReadonlySet<string>;
  /** Premises that were looked at and not called suitable, doubtful ones among them. */
  unsuitable: ReadonlySet<string>;
}

/**
 * The suitability down to which a threshold may rise without removing what suits the lead. What nobody looked at may suit: a
 * pilot shows all that was removed and a part of what was kept, so that above its lowest unseen premises a lead answers
 * nothing. null: nothing was called suitable, and the lead says nothing.
 */
export function lowestToKeep({ suitabilities, suitable, unsuitable }: ReviewedLead): number | null {
  let lowest = Number.POSITIVE_INFINITY;
  let anySuits = false;
  for (const [premisesId, suitability] of suitabilities) {
    if (unsuitable.has(premisesId)) continue;
    anySuits ||= suitable.has(premisesId);
    lowest = Math.min(lowest, suitability);
  }
  return anySuits ? lowest : null;
}

/**
 * The threshold that reviewed leads promise by conformal risk control; null while there are too few of them, and the
 * model's own stands. The leads must be unknown to the model: what it learned from cannot measure it.
 */
export function thresholdFromReviews(leads: readonly ReviewedLead[], alpha: number): Threshold | null {
  const lowest = leads.map(lowestToKeep).filter((one) => one !== null);
  if (lowest.length < REVIEWED_LEADS_MIN) return null;
  return {
    threshold: conformalThreshold(lowest, alpha),
    basis: { n: lowest.length, source: "reviewed", alpha },
  };
}
