import { defineFeature } from "./define-feature.ts";

const unknown = "the card does not say";

/** What a premises is, whoever asks. */
export const premisesFeatures = [
  defineFeature({
    name: "area",
    unit: "log m²",
    group: "area",
    missing: unknown,
    scope: "premises",
    compute: ({ premises }) => Math.log(premises.areaSqm),
  }),
  defineFeature({
    name: "floor",
    unit: "floor, -1 a basement",
    group: "utilities",
    missing: unknown,
    scope: "premises",
    compute: ({ premises }) => premises.floor,
  }),
  defineFeature({
    name: "fit_out",
    unit: "0 shell .. 2 finished",
    group: "condition",
    missing: unknown,
    scope: "premises",
    compute: ({ premises }) => premises.fitOut,
  }),
  defineFeature({
    name: "built_year",
    unit: "year",
    group: "condition",
    missing: unknown,
    scope: "premises",
    compute: ({ premises }) => premises.builtYear,
  }),
  defineFeature({
    name: "managed",
    unit: "0 or 1",
    group: "condition",
    missing: unknown,
    scope: "premises",
    compute: ({ premises }) => premises.managed,
  }),
  defineFeature({
    name: "water",
    unit: "0 or 1",
    group: "utilities",
    missing: unknown,
    scope: "premises",
    compute: ({ premises }) => premises.water,
  }),
  defineFeature({
    name: "sewerage",
    unit: "0 none .. 2 mains",
    group: "utilities",
    missing: unknown,
    scope: "premises",
    compute: ({ premises }) => premises.sewerage,
  }),
  defineFeature({
    name: "documents",
    unit: "0 or 1",
    group: "condition",
    missing: unknown,
    scope: "premises",
    compute: ({ premises }) => premises.documents,
  }),
  defineFeature({
    name: "right_bank",
    unit: "0 left, 1 right",
    group: "place",
    missing: unknown,
    scope: "premises",
    compute: ({ premises }) => (premises.bank === null ? Number.NaN : +(premises.bank === "right")),
  }),
];
