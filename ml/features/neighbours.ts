import { defineFeature } from "./define-feature.ts";

const none = "the section is unknown";

/** From this area on a tenant draws people to its section. */
export const ANCHOR_SQM = 250;

/** Who sits in the section, by the leases of that day. */
export const neighbourFeatures = [
  defineFeature({
    name: "neighbours",
    unit: "count",
    group: "neighbours",
    missing: none,
    scope: "premises",
    compute: ({ premises, neighbours }) => (premises.section === null ? Number.NaN : neighbours.length),
  }),
  defineFeature({
    name: "neighbour_trades",
    unit: "count of different trades",
    group: "neighbours",
    missing: none,
    scope: "premises",
    compute: ({ premises, neighbours }) =>
      premises.section === null ? Number.NaN : new Set(neighbours.flatMap((n) => [...n.trades.keys()])).size,
  }),
  defineFeature({
    name: "rival",
    unit: "0..1: how surely a tenant of the same trade sits there",
    group: "neighbours",
    missing: "the section or the lead's trade is unknown",
    compute: ({ scene, premises, neighbours }) => {
      if (premises.section === null || scene.trades.size === 0) return Number.NaN;
      let surest = 0;
      for (const tenant of neighbours)
        for (const [trade, share] of tenant.trades) surest = Math.max(surest, share * (scene.trades.get(trade) ?? 0));
      return surest;
    },
  }),
  defineFeature({
    name: "anchor",
    unit: "0 or 1",
    group: "neighbours",
    missing: none,
    scope: "premises",
    compute: ({ premises, neighbours }) =>
      premises.section === null ? Number.NaN : +neighbours.some((n) => n.areaSqm >= ANCHOR_SQM),
  }),
  defineFeature({
    name: "largest_neighbour",
    unit: "log m²",
    group: "neighbours",
    missing: "nobody sits there",
    scope: "premises",
    compute: ({ neighbours }) =>
      neighbours.length === 0 ? Number.NaN : Math.log(Math.max(...neighbours.map((n) => n.areaSqm))),
  }),
];

/** A tenant of this trade sits in the section: which trades are anchors is learnt. */
export const neighbourTradeFeature = (trade: string) =>
  defineFeature({
    name: `neighbour:${trade}`,
    unit: "0..1",
    group: "neighbours",
    missing: none,
    scope: "premises",
    compute: ({ premises, neighbours }) =>
      premises.section === null ? Number.NaN : Math.max(0, ...neighbours.map((n) => n.trades.get(trade) ?? 0)),
  });
