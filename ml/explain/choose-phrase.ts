import type { ReasonCode } from "../ranked.ts";
import type { PairFacts } from "./pair-facts.ts";
import { type Phrase, say } from "./phrase.ts";

/** How a group speaks of a pair: which way it pulls, and its features that pull that way, strongest first. */
export interface Pull {
  against: boolean;
  features: readonly string[];
}

/**
 * The sentence that tells a group's pull best. It only says what the facts hold: where the strongest feature has no fact
 * that fits the sign, the next is asked, and at last what is known is stated as it is, or that it is not known.
 */
export function choosePhrase(code: Exclude<ReasonCode, "taste">, facts: PairFacts, pull: Pull): Phrase {
  switch (code) {
    case "area":
      return areaPhrase(facts, pull);
    case "rent":
      return rentPhrase(facts, pull);
    case "place":
      return placePhrase(facts, pull);
    case "utilities":
      return byStrongest(utilityTopics, facts, pull) ?? utilitiesAsTheyAre(facts);
    case "condition":
      return byStrongest(conditionTopics, facts, pull) ?? conditionAsItIs(facts);
    case "neighbours":
      return byStrongest(neighbourTopics, facts, pull) ?? neighboursAsTheyAre(facts);
    case "trade":
      return byStrongest(tradeTopics, facts, pull) ?? tradeAtAll(facts, pull);
    case "manager":
      return say(pull.against ? "manager_rare" : "manager_common");
    case "market":
      return marketPhrase(facts, pull);
  }
}

/** Says that the whole weighed more than any one thing: for when no group pulls the way of the verdict. */
export function overallPhrase(against: boolean): Phrase {
  return say(against ? "overall_weaker" : "overall_better");
}

const known = Number.isFinite;

function areaPhrase({ areaSqm, wish, usual }: PairFacts, { against }: Pull): Phrase {
  if (!known(areaSqm)) return say("area_unknown");
  const usually = { usualFromSqm: usual.areaFromSqm, usualToSqm: usual.areaToSqm };
  const usualKnown = known(usual.areaFromSqm) || known(usual.areaToSqm);
  if (!known(wish.areaFromSqm) && !known(wish.areaToSqm)) {
    return usualKnown ? say("area_unasked_usual", { areaSqm, ...usually }) : say("area_unasked", { areaSqm });
  }
  const [low, high] = inOrder(wish.areaFromSqm, wish.areaToSqm);
  const values = { areaSqm, wishFromSqm: low, wishToSqm: high };
  if (areaSqm < low || areaSqm > high) return say("area_off_wish", values);
  const unusual = areaSqm < usual.areaFromSqm || areaSqm > usual.areaToSqm;
  if (against) return unusual ? say("area_in_wish_unusual", { ...values, ...usually }) : say("area_off_wish", values);
  return say("area_in_wish", values);
}

/** A card may have its ends swapped; an open end stays NaN and is beyond no area. */
function inOrder(from: number, to: number): [number, number] {
  return from > to ? [to, from] : [from, to];
}

function rentPhrase({ rentRubMonth, areaSqm, wish, usual }: PairFacts, { against }: Pull): Phrase {
  if (!known(rentRubMonth)) return say("rent_unknown");
  const rate = rentRubMonth / areaSqm;
  const rates = { rentRubSqmMonth: rate, usualRubSqmMonth: usual.rentRubSqmMonth };
  const ratesKnown = known(rate) && known(usual.rentRubSqmMonth);
  if (!known(wish.budgetRubMonth)) {
    return ratesKnown ? say("rent_unasked_usual", rates) : say("rent_unasked", { rentRubMonth });
  }
  const values = { rentRubMonth, budgetRubMonth: wish.budgetRubMonth };
  if (rentRubMonth > wish.budgetRubMonth) return say("rent_over_budget", values);
  if (!against) return say("rent_in_budget", values);
  return ratesKnown && rate > usual.rentRubSqmMonth
    ? say("rent_in_budget_dear", { ...values, ...rates })
    : say("rent_over_budget", values);
}

function placePhrase({ bank, district, wish }: PairFacts, { against }: Pull): Phrase {
  const otherBank = bank !== null && wish.bank !== null && wish.bank !== "any" && wish.bank !== bank;
  if (otherBank && against) return say("place_other_bank", { bank, wishedBank: wish.bank });
  if (district !== null && wish.districts.length > 0) {
    if (wish.districts.includes(district)) return say("place_wished_district", { district });
    const wishedDistricts = wish.districts.join(", ");
    return known(wish.kmToDistrict) && wish.kmToDistrict > 0
      ? say("place_far_district", { district, wishedDistricts, km: wish.kmToDistrict })
      : say("place_other_district", { district, wishedDistricts });
  }
  if (otherBank) return say("place_other_bank", { bank, wishedBank: wish.bank });
  if (bank !== null && wish.bank === bank) return say("place_wished_bank", { bank });
  if (district !== null) return say("place_unasked", { district });
  return bank === null ? say("place_unknown") : say("place_bank_only", { bank });
}

/** A topic answers with a sentence when the facts speak the way of the pull, else null. */
type Topic = (facts: PairFacts, against: boolean) => Phrase | null;

/** By how a feature's name begins: `water`, `water_off_typical`. A feature of no topic has no sentence of its own. */
type Topics = readonly (readonly [start: string, topic: Topic])[];

function byStrongest(topics: Topics, facts: PairFacts, { against, features }: Pull): Phrase | null {
  for (const feature of features) {
    const topic = topics.find(([start]) => feature.startsWith(start))?.[1];
    const phrase = topic?.(facts, against);
    if (phrase) return phrase;
  }
  for (const [, topic] of topics) {
    const phrase = topic(facts, against);
    if (phrase) return phrase;
  }
  return null;
}

const floor: Topic = ({ floor, usual }, against) => {
  if (!known(floor)) return null;
  const usualFloor = Math.round(usual.floor);
  if (!against) return floor === 1 || floor === usualFloor ? say("floor", { floor }) : null;
  if (known(usualFloor) && usualFloor !== floor) return say("floor_off_usual", { floor, usualFloor });
  return floor === 1 ? null : say("floor", { floor });
};

const water: Topic = ({ water, usual, trade }, against) => {
  if (water === 0 && against) return usual.water >= 0.5 ? say("water_needed", { trade }) : say("water_none");
  return water === 1 && !against ? say("water_there") : null;
};

const sewerage: Topic = ({ sewerage, usual, trade }, against) => {
  if (sewerage < 2 && against) {
    return usual.sewerage >= 1.5 ? say("sewerage_needed", { sewerage, trade }) : say("sewerage", { sewerage });
  }
  return sewerage === 2 && !against ? say("sewerage", { sewerage }) : null;
};

const fitOut: Topic = ({ fitOut, usual }, against) => {
  if (!known(fitOut)) return null;
  const usualFitOut = Math.round(usual.fitOut);
  if (!against) return fitOut === 2 || fitOut === usualFitOut ? say("fit_out", { fitOut }) : null;
  if (known(usualFitOut) && usualFitOut !== fitOut) return say("fit_out_off_usual", { fitOut, usualFitOut });
  return fitOut === 2 ? null : say("fit_out", { fitOut });
};

const documents: Topic = ({ documents }, against) => {
  if (documents === 0 && against) return say("documents_missing");
  return documents === 1 && !against ? say("documents_ready") : null;
};

const managed: Topic = ({ managed, usual }, against) => {
  if (managed === 1 && (!against || usual.managed < 0.5)) return say("managed");
  return managed === 0 && (against || usual.managed < 0.5) ? say("not_managed") : null;
};

const usualArea: Topic = ({ areaSqm, usual }, against) => {
  const { areaFromSqm: usualFromSqm, areaToSqm: usualToSqm } = usual;
  if (!known(areaSqm) || (!known(usualFromSqm) && !known(usualToSqm))) return null;
  const unusual = areaSqm < usualFromSqm || areaSqm > usualToSqm;
  if (unusual !== against) return null;
  return unusual
    ? say("trade_area_unusual", { areaSqm, usualFromSqm, usualToSqm })
    : say("trade_area_usual", { usualFromSqm, usualToSqm });
};

const rival: Topic = ({ neighbours, rivalTrade }, against) => {
  if (rivalTrade !== null) return against ? say("rival", { trade: rivalTrade }) : null;
  return !against && neighbours > 0 ? say("no_rival", { neighbours }) : null;
};

const anchor: Topic = ({ anchorTrade, largestNeighbourSqm }, against) => {
  if (against) return null;
  if (anchorTrade !== null) return say("anchor", { trade: anchorTrade });
  return known(largestNeighbourSqm) ? say("large_neighbour", { largestSqm: largestNeighbourSqm }) : null;
};

const utilityTopics: Topics = [
  ["floor", floor],
  ["water", water],
  ["sewerage", sewerage],
];
const conditionTopics: Topics = [
  ["fit_out", fitOut],
  ["documents", documents],
  ["managed", managed],
];
const neighbourTopics: Topics = [
  ["rival", rival],
  ["anchor", anchor],
  ["largest", anchor],
];
const tradeTopics: Topics = [["area", usualArea], ...utilityTopics, ...conditionTopics];

function utilitiesAsTheyAre({ floor, water, sewerage }: PairFacts): Phrase {
  return [floor, water, sewerage].some(known)
    ? say("utilities_as_is", { floor, water, sewerage })
    : say("utilities_unknown");
}

function conditionAsItIs({ fitOut, documents, managed, builtYear }: PairFacts): Phrase {
  return [fitOut, documents, managed, builtYear].some(known)
    ? say("condition_as_is", { fitOut, documents, managed, builtYear })
    : say("condition_unknown");
}

function neighboursAsTheyAre({ neighbours }: PairFacts): Phrase {
  if (!known(neighbours)) return say("neighbours_unknown");
  return neighbours === 0 ? say("neighbours_none") : say("neighbours_count", { neighbours });
}

function tradeAtAll({ trade }: PairFacts, { against }: Pull): Phrase {
  if (trade === null) return say("trade_unknown");
  return say(against ? "trade_rare" : "trade_common", { trade });
}

/** From here a vacancy is long, up to here it is new. */
const longVacantDays = 120;
const newlyVacantDays = 30;

function marketPhrase({ vacantDays }: PairFacts, { against }: Pull): Phrase {
  if (against && vacantDays >= longVacantDays) return say("long_vacant", { vacantDays });
  if (!against && vacantDays <= newlyVacantDays) return say("newly_vacant", { vacantDays });
  return overallPhrase(against);
}
