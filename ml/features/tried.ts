import { lowerBound } from "../timeline/running-sums.ts";
import type { MarketTimeline } from "../timeline.ts";
import { defineFeature, type Feature } from "./define-feature.ts";

/**
 * Features that were tried and are not in the catalog, kept so that `tried.bench.ts` can try them again on another market.
 * What the trials showed stands in `tried-figures.ts`.
 */
export const triedFeatures: readonly Feature[] = [
  defineFeature({
    name: "month_sin",
    unit: "sine of the day in the year",
    group: "market",
    scope: "lead",
    missing: "never",
    compute: ({ scene }) => Math.sin((2 * Math.PI * scene.day) / 365.25),
  }),
  defineFeature({
    name: "month_cos",
    unit: "cosine of the day in the year",
    group: "market",
    scope: "lead",
    missing: "never",
    compute: ({ scene }) => Math.cos((2 * Math.PI * scene.day) / 365.25),
  }),
  defineFeature({
    name: "wish_width",
    unit: "log ratio of the wished ends",
    group: "area",
    scope: "lead",
    missing: "an end is not wished",
    compute: ({ lead }) => Math.log(lead.areaToSqm / lead.areaFromSqm),
  }),
  defineFeature({
    name: "km_to_centre",
    unit: "km to the middle of all districts",
    group: "place",
    scope: "premises",
    missing: "the district or its place is unknown",
    compute: ({ scene, premises }) => {
      const district = premises.district === null ? undefined : scene.timeline.districts.get(premises.district);
      const { xKm, yKm } = middleOf(scene.timeline);
      return district ? Math.hypot(district.xKm - xKm, district.yKm - yKm) : Number.NaN;
    },
  }),
  defineFeature({
    name: "offered_lately",
    unit: "log count of offers of this premises in the 90 days before",
    group: "market",
    scope: "premises",
    missing: "never",
    compute: ({ scene, premises }) => {
      const days = offerDays(scene.timeline).get(premises.premisesId) ?? [];
      return Math.log1p(lowerBound(days, scene.day) - lowerBound(days, scene.day - 90));
    },
  }),
  defineFeature({
    name: "section_free",
    unit: "share of the section's premises that are free that day",
    group: "neighbours",
    scope: "premises",
    missing: "the section is unknown",
    compute: ({ scene, premises }) => {
      if (premises.section === null) return Number.NaN;
      const { all, free } = sectionsOf(scene.timeline, scene.day);
      return (free.get(premises.section) ?? 0) / (all.get(premises.section) ?? Number.NaN);
    },
  }),
  defineFeature({
    name: "free_count",
    unit: "log count of free premises",
    group: "market",
    missing: "never",
    scope: "lead",
    compute: ({ scene }) => Math.log1p(scene.standing.free.count),
  }),
  defineFeature({
    name: "day",
    unit: "days since 1970-01-01",
    group: "market",
    missing: "never",
    scope: "lead",
    compute: ({ scene }) => scene.day,
  }),
];

const middles = new WeakMap<MarketTimeline, { xKm: number; yKm: number }>();
function middleOf(timeline: MarketTimeline) {
  let middle = middles.get(timeline);
  if (!middle) {
    const known = [...timeline.districts.values()].filter(({ xKm, yKm }) => Number.isFinite(xKm + yKm));
    const mean = (of: (one: (typeof known)[number]) => number) =>
      known.reduce((sum, one) => sum + of(one), 0) / known.length;
    middle = { xKm: mean(({ xKm }) => xKm), yKm: mean(({ yKm }) => yKm) };
    middles.set(timeline, middle);
  }
  return middle;
}

const offersByTimeline = new WeakMap<MarketTimeline, Map<string, number[]>>();
function offerDays(timeline: MarketTimeline): Map<string, number[]> {
  let days = offersByTimeline.get(timeline);
  if (!days) {
    days = new Map();
    for (const { premisesId, offeredDay } of timeline.offers) {
      const known = days.get(premisesId);
      if (known) known.push(offeredDay);
      else days.set(premisesId, [offeredDay]);
    }
    offersByTimeline.set(timeline, days);
  }
  return days;
}

interface Sections {
  day: number;
  all: Map<string, number>;
  free: Map<string, number>;
}
const sections = new WeakMap<MarketTimeline, Sections>();
function sectionsOf(timeline: MarketTimeline, day: number): Sections {
  const known = sections.get(timeline);
  if (known?.day === day) return known;
  const count = (of: Iterable<string | null>) => {
    const counts = new Map<string, number>();
    for (const section of of) if (section !== null) counts.set(section, (counts.get(section) ?? 0) + 1);
    return counts;
  };
  const all = known?.all ?? count(timeline.premises.map(({ section }) => section));
  const free = count(Array.from(timeline.freeOn(day).premises, (index) => timeline.premises[index]!.section));
  const found = { day, all, free };
  sections.set(timeline, found);
  return found;
}
