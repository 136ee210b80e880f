import type { ReasonCode } from "../ranked.ts";
import type { TypicalFact } from "../timeline/typical.ts";
import { defineFeature } from "./define-feature.ts";

const offTypical = (fact: TypicalFact, name: string, unit: string, group: ReasonCode = "trade") =>
  defineFeature({
    name: `${name}_off_typical`,
    unit: `${unit}, minus what the lead's trades usually take`,
    group,
    missing: "unknown, or nothing was rented before",
    compute: (pair) => pair.offTypical(fact),
  });

/** What the trade usually takes: rents are in `rent`, because they are bound. */
export const tradeFeatures = [
  offTypical("logArea", "area", "log m²"),
  defineFeature({
    name: "area_off_typical_spread",
    unit: "spreads of the trade away from its usual area",
    group: "trade",
    missing: "unknown, or nothing was rented before",
    compute: (pair) => Math.abs(pair.offTypical("logArea")) / pair.scene.typical.spread.logArea,
  }),
  offTypical("floor", "floor", "floors"),
  offTypical("fitOut", "fit_out", "steps"),
  offTypical("water", "water", "0 or 1"),
  offTypical("sewerage", "sewerage", "steps"),
  offTypical("documents", "documents", "0 or 1"),
  offTypical("managed", "managed", "0 or 1"),
  defineFeature({
    name: "typical_evidence",
    unit: "log of the weight behind the typical",
    group: "trade",
    missing: "never: 0 where the trade is unknown",
    scope: "lead",
    compute: ({ scene }) => Math.log1p(scene.typical.weight),
  }),
];

/** The trade as a class: 1 where stated, the learnt share where only the name hints at it. */
export const tradeFeature = (trade: string) =>
  defineFeature({
    name: `trade:${trade}`,
    unit: "0..1",
    group: "trade",
    missing: "no trade stated, and the name hints at none",
    scope: "lead",
    compute: ({ scene }) => (scene.trades.size === 0 ? Number.NaN : (scene.trades.get(trade) ?? 0)),
  });
