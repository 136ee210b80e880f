/** What a threshold rests on: shown wherever the threshold is. */
export interface ThresholdBasis {
  /** Leads it was calibrated on. */
  n: number;
  source: "reviewed" | "offered_and_rented" | "none";
  /** Promised share of leads that may lose a suitable premises. */
  alpha: number;
}

export interface Threshold {
  /** Least suitability that is kept; 0 keeps everything. */
  threshold: number;
  basis: ThresholdBasis;
}

/** The 8-of-10 rule of the pilot. */
export const DEFAULT_ALPHA = 0.2;
/**
 * From so many reviewed leads on, offers and leases are no longer needed. With 30 the realised share of lossy leads has a
 * standard deviation of √(α(1−α)/32) ≈ 0.07 around α; records err further and always to one side, since a manager offers the
 * best of what suits: made markets lose 0.25 to 0.4 of the leads where records promised 0.2.
 */
export const REVIEWED_LEADS_MIN = 30;

/**
 * Conformal risk control (Angelopoulos et al. 2024, eq. 4) with the lead as the unit: its loss is 1 if any premises known
 * to suit it was removed. Gives the strictest threshold with n/(n+1)·R̂ + 1/(n+1) ≤ α, 0 where no threshold can promise it.
 * `lowest`: for each lead the lowest suitability among the premises known to suit it.
 */
export function conformalThreshold(lowest: readonly number[], alpha: number): number {
  const n = lowest.length;
  // R̂ is the share of leads whose lowest lies under the threshold: so many of them may be lost.
  const lost = Math.floor(alpha * (n + 1) - 1 + 1e-9);
  if (n === 0 || lost < 0) return 0;
  const rising = [...lowest].sort((a, b) => a - b);
  return Math.max(0, Math.min(1, rising[Math.min(lost, n - 1)]!));
}

/** The design documents: a client is offered 2 to 4 premises, so that at least so many suit. */
const OFFERED_PER_LEAD = 3;

/**
 * The threshold that promises α. Reviewed leads tell all that suits. Records do not: of the 2 to 4 premises that a lead was
 * offered about one was written down, and a lead is lost by each of the others as easily. By the union bound each may take
 * its part of α: on offered and rented premises α is divided by offers made ÷ offers recorded a lead.
 * `recordedPerLead`: mean number of offers that were written down of a lead of which any was. What marks and reviews add is no
 * offer: it makes a lead's lowest lower and leaves as many offers unrecorded as before.
 */
export function chooseThreshold(
  leads: { reviewed: readonly number[]; recorded: readonly number[]; recordedPerLead: number },
  alpha = DEFAULT_ALPHA,
): Threshold {
  const source = leads.reviewed.length >= REVIEWED_LEADS_MIN ? "reviewed" : "offered_and_rented";
  const unrecorded = Math.max(1, OFFERED_PER_LEAD / Math.max(1, leads.recordedPerLead));
  const [lowest, spent] = source === "reviewed" ? [leads.reviewed, alpha] : [leads.recorded, alpha / unrecorded];
  const threshold = conformalThreshold(lowest, spent);
  return { threshold, basis: { n: lowest.length, source: threshold === 0 ? "none" : source, alpha } };
}
