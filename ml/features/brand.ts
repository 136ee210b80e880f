import { defineFeature } from "./define-feature.ts";

const none = "the brand has no other lease";

/** The brand's other leases. */
export const brandFeatures = [
  defineFeature({
    name: "brand_leases",
    unit: "count",
    group: "trade",
    missing: "no brand on the card",
    scope: "lead",
    compute: ({ scene, lead }) => (lead.brand === null ? Number.NaN : (scene.habit?.leases ?? 0)),
  }),
  defineFeature({
    name: "area_off_brand",
    unit: "log ratio",
    group: "area",
    missing: none,
    compute: ({ scene, premises }) => Math.log(premises.areaSqm) - (scene.habit?.meanLogArea ?? Number.NaN),
  }),
  defineFeature({
    name: "brand_in_district",
    unit: "0 or 1",
    group: "place",
    missing: none,
    compute: ({ scene, premises }) =>
      scene.habit === null || premises.district === null ? Number.NaN : +scene.habit.districts.has(premises.district),
  }),
];
