import { defineFeature } from "./define-feature.ts";

/** What a lead wants, whatever the premises. */
export const leadFeatures = [
  defineFeature({
    name: "wished_area_from",
    unit: "log m²",
    group: "area",
    missing: "the card does not say",
    scope: "lead",
    compute: ({ lead }) => Math.log(lead.areaFromSqm),
  }),
  defineFeature({
    name: "wished_area_to",
    unit: "log m²",
    group: "area",
    missing: "the card does not say",
    scope: "lead",
    compute: ({ lead }) => Math.log(lead.areaToSqm),
  }),
  defineFeature({
    name: "budget",
    unit: "log ₽ a month",
    group: "rent",
    missing: "the card does not say",
    scope: "lead",
    compute: ({ lead }) => Math.log(lead.budgetRubMonth),
  }),
  defineFeature({
    name: "network_size",
    unit: "0 one outlet .. 3 more than twenty",
    group: "trade",
    missing: "the card does not say",
    scope: "lead",
    compute: ({ lead }) => lead.networkSize,
  }),
  defineFeature({
    name: "wished_districts",
    unit: "count",
    group: "place",
    missing: "never: an empty list is none",
    scope: "lead",
    compute: ({ lead }) => lead.districts.length,
  }),
  defineFeature({
    name: "stated_trades",
    unit: "count",
    group: "trade",
    missing: "never: an empty list is none",
    scope: "lead",
    compute: ({ lead }) => lead.trades.length,
  }),
  defineFeature({
    name: "filled_wishes",
    unit: "count, 0..7",
    group: "market",
    missing: "never",
    scope: "lead",
    compute: ({ scene }) => scene.filled,
  }),
];
