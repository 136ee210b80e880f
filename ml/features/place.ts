import { defineFeature } from "./define-feature.ts";

/** Where it stands against where the lead wants to be. */
export const placeFeatures = [
  defineFeature({
    name: "other_bank",
    unit: "0 or 1; 0 where any bank suits",
    group: "place",
    missing: "no bank wished, or unknown",
    compute: ({ scene, premises }) =>
      scene.bank === null || premises.bank === null
        ? Number.NaN
        : +(scene.bank !== "any" && scene.bank !== premises.bank),
  }),
  defineFeature({
    name: "km_to_wish",
    unit: "km to the nearest wished district",
    group: "place",
    missing: "no district wished, or its place unknown",
    compute: ({ scene, premises }) => scene.kmToWish(premises.district),
  }),
  defineFeature({
    name: "district_wished",
    unit: "0 or 1",
    group: "place",
    missing: "no district wished, or unknown",
    compute: ({ lead, premises }) =>
      lead.districts.length === 0 || premises.district === null
        ? Number.NaN
        : +lead.districts.includes(premises.district),
  }),
];

/** The district as a class. */
export const districtFeature = (district: string) =>
  defineFeature({
    name: `district:${district}`,
    unit: "0 or 1",
    group: "place",
    missing: "the card does not say",
    scope: "premises",
    compute: ({ premises }) => (premises.district === null ? Number.NaN : +(premises.district === district)),
  });
