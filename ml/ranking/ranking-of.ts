import { setImmediate as turn } from "node:timers/promises";
import type { PriceGuide, RankedPremises, Ranking, Reason, Remedy } from "../ranked.ts";

/** What can be said about each place of a list, by its index. */
export interface Teller {
  reasonsOf(index: number): Reason[];
  remedyOf(index: number): Remedy | null;
  priceOf(index: number): PriceGuide;
}

type Standing = Pick<RankedPremises, "premisesId" | "verdict" | "suitability" | "probability">;

/** Work between two turns of the event loop. */
const TURN_MS = 10;

/** The ranking of a list that stands in its order, kept first; what is said about each is computed when it is first read. */
export function rankingOf(
  list: readonly Standing[],
  teller: Teller,
  { threshold, featuresSha256 }: Pick<Ranking, "threshold" | "featuresSha256">,
): Ranking {
  const premises = list.map((standing, index): RankedPremises => {
    let reasons: Reason[] | undefined;
    let remedy: Remedy | null | undefined;
    let price: PriceGuide | undefined;
    return {
      ...standing,
      rank: standing.verdict === "keep" ? index + 1 : null,
      get reasons() {
        reasons ??= teller.reasonsOf(index);
        return reasons;
      },
      get remedy() {
        if (remedy === undefined) remedy = teller.remedyOf(index);
        return remedy;
      },
      get price() {
        price ??= teller.priceOf(index);
        return price;
      },
    };
  });
  return {
    threshold,
    premises,
    featuresSha256,
    async told() {
      let since = performance.now();
      for (const one of premises) {
        void [one.reasons, one.remedy, one.price];
        if (performance.now() - since < TURN_MS) continue;
        await turn();
        since = performance.now();
      }
    },
  };
}
