import { defineFeature } from "./define-feature.ts";

/** How the premises stands among what is free that day. */
export const standingFeatures = [
  defineFeature({
    name: "vacancy_age",
    unit: "log days",
    group: "market",
    missing: "never",
    scope: "premises",
    compute: ({ scene, sinceDay }) => Math.log1p(Math.max(0, scene.day - sinceDay)),
  }),
  defineFeature({
    name: "vacancy_age_percentile",
    unit: "share of the free ones of that day that are newer",
    group: "market",
    missing: "never",
    scope: "premises",
    compute: ({ scene, sinceDay }) => scene.standing.agePercentile(scene.day - sinceDay),
  }),
];
