/**
 * P(deal | shown) = P(deal | offered) · P(it suits). Records know deals among what managers offered, and managers offer
 * what they know to suit. The second factor is the share that a premises has of the odds where nearly every one suits
 * (Elkan and Noto 2008).
 */
export function chanceOfDeal(ifOffered: number, suitabilityMargin: number, surelySuitsOdds: number): number {
  return ifOffered * Math.min(1, Math.exp(suitabilityMargin) / surelySuitsOdds);
}
