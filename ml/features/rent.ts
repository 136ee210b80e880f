import { defineFeature, type Feature } from "./define-feature.ts";
import type { Pair } from "./pair.ts";

/** Every feature here grows with the rent, so that all are bound together: a dearer rent never raises the chance. */
const rent = (
  name: string,
  unit: string,
  missing: string,
  compute: (pair: Pair) => number,
  scope: Feature["scope"] = "pair",
) => defineFeature({ name, unit, group: "rent", missing, monotone: -1, scope, compute });

export const rentFeatures = [
  rent("rent", "log ₽ a month", "no asking rent", (p) => Math.log(p.rentRubMonth), "premises"),
  rent("rent_sqm", "log ₽ per m² and month", "no asking rent or area", (p) => Math.log(p.rentSqm), "premises"),
  rent("rent_to_budget", "log ratio", "no budget", (p) => Math.log(p.rentRubMonth / p.lead.budgetRubMonth)),
  rent("rent_off_typical", "log ratio to what the trade usually pays", "nothing was rented before", (p) =>
    p.offTypical("logRent"),
  ),
  rent("rent_sqm_off_typical", "log ratio per m² to what the trade usually pays", "nothing was rented before", (p) =>
    p.offTypical("logRentSqm"),
  ),
  rent(
    "rent_sqm_percentile",
    "share of the free ones of that day that are cheaper per m²",
    "no asking rent or area",
    (p) => p.scene.standing.rentSqmPercentile(p.rentSqm),
    "premises",
  ),
  rent(
    "rent_since_opening",
    "log ratio to the first rent of this vacancy",
    "no asking rent",
    (p) => Math.log(p.rentRubMonth / p.openingRentRubMonth),
    "premises",
  ),
  rent(
    "rent_sqm_off_brand",
    "log ratio per m² to the brand's other leases",
    "the brand has none",
    (p) => Math.log(p.rentSqm) - (p.scene.habit?.meanLogRentSqm ?? Number.NaN),
  ),
];
