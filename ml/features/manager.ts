import { PAIR_TRAITS } from "../timeline/pair-traits.ts";
import { defineFeature } from "./define-feature.ts";

/** The manager who asks: his load, and how far the pair is his kind of pair. */
export const managerFeatures = [
  defineFeature({
    name: "manager_offers",
    unit: "log count before that day",
    group: "manager",
    missing: "no manager",
    scope: "lead",
    compute: ({ scene }) => (scene.managerId === null ? Number.NaN : Math.log1p(scene.load.offers)),
  }),
  defineFeature({
    name: "manager_load",
    unit: "offers of the 30 days before",
    group: "manager",
    missing: "no manager",
    scope: "lead",
    compute: ({ scene }) => (scene.managerId === null ? Number.NaN : scene.load.lately),
  }),
  defineFeature({
    name: "manager_leaning",
    unit: "log odds above his office, summed over what the pair is known to be, but for its rent",
    group: "manager",
    missing: "no manager",
    compute: ({ scene, traits }) => {
      if (scene.managerId === null) return Number.NaN;
      let sum = 0;
      for (let t = 0; t < PAIR_TRAITS.length; t++)
        // What depends on the rent stays out: it could turn a dearer rent into a merit.
        if (traits[t] === 1 && PAIR_TRAITS[t] !== "overBudget" && PAIR_TRAITS[t] !== "dear") sum += scene.leaning[t]!;
      return sum;
    },
  }),
  ...PAIR_TRAITS.map((trait, t) =>
    defineFeature({
      name: `manager_leaning:${trait}`,
      unit: "log odds above his office",
      group: "manager",
      missing: "no manager",
      scope: "lead",
      compute: ({ scene }) => (scene.managerId === null ? Number.NaN : scene.leaning[t]!),
    }),
  ),
];

/** The manager as a class. */
export const managerFeature = (managerId: string) =>
  defineFeature({
    name: `manager:${managerId}`,
    unit: "0 or 1",
    group: "manager",
    missing: "no manager",
    scope: "lead",
    compute: ({ scene }) => (scene.managerId === null ? Number.NaN : +(scene.managerId === managerId)),
  });

/** Everyone without a column of his own: dismissed ones and newcomers are one class. */
export const otherManagerFeature = (managers: readonly string[]) =>
  defineFeature({
    name: "manager:other",
    unit: "0 or 1",
    group: "manager",
    missing: "no manager",
    scope: "lead",
    compute: ({ scene }) => (scene.managerId === null ? Number.NaN : +!managers.includes(scene.managerId)),
  });
