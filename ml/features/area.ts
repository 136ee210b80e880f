import { defineFeature } from "./define-feature.ts";

/** The area against the wish. */
export const areaFeatures = [
  defineFeature({
    name: "area_to_from",
    unit: "log ratio",
    group: "area",
    missing: "no lower end wished",
    compute: ({ lead, premises }) => Math.log(premises.areaSqm / lead.areaFromSqm),
  }),
  defineFeature({
    name: "area_to_to",
    unit: "log ratio",
    group: "area",
    missing: "no upper end wished",
    compute: ({ lead, premises }) => Math.log(premises.areaSqm / lead.areaToSqm),
  }),
  defineFeature({
    name: "area_to_wish",
    unit: "log ratio to the middle of the wish",
    group: "area",
    missing: "no area wished",
    compute: ({ scene, premises }) => Math.log(premises.areaSqm / scene.wishedAreaSqm),
  }),
  defineFeature({
    name: "area_off_wish",
    unit: "absolute log ratio to the middle of the wish, or of what the trade usually takes",
    group: "area",
    missing: "neither is known",
    compute: ({ scene, premises }) => Math.abs(Math.log(premises.areaSqm / scene.expectedAreaSqm)),
  }),
];
