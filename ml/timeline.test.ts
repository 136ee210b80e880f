import { describe, expect, it } from "vitest";
import { seededRandom } from "./candidates.ts";
import { anyVocabulary, catalog } from "./features/catalog.ts";
import { pairOf, Scene } from "./features/pair.ts";
import { vectorize } from "./features/vectorize.ts";
import { learnVocabulary } from "./features/vocabulary.ts";
import { makeMarket } from "./testing/synthetic-market.ts";
import { MarketIndex } from "./timeline/market-index.ts";
import { monthOf } from "./timeline/order.ts";
import { MarketTimeline } from "./timeline.ts";
import { historyAsOf } from "./training/as-of.ts";

const history = makeMarket({ seed: 3, leads: 6000, premises: 120, managers: 6, years: 4 }).history();
const timeline = new MarketTimeline(history);
const random = seededRandom(11);
const days = Array.from({ length: 25 }, () => history.snapshotDay - 1 - Math.floor(random() * 1200));

describe("what was free", () => {
  it("equals a naive look through the records on random days, with that day's rent, none twice", () => {
    for (const day of days) {
      const free = timeline.freeOn(day);
      const ids = Array.from(free.premises, (index) => timeline.premises[index]!.premisesId);
      const known = new Set(history.premises.map((p) => p.premisesId));
      const naive = history.vacancies.filter((v) => v.fromDay <= day && v.toDay > day && known.has(v.premisesId));
      expect(ids).toEqual([...new Set(naive.map((v) => v.premisesId))].sort());
      for (const [at, id] of ids.entries())
        expect(naive.filter((v) => v.premisesId === id).map((v) => v.rentRubMonth)).toContain(free.rentRubMonth[at]);
    }
  });

  it("knows since when, across price cuts, and that its last day is not in a span", () => {
    const premises = history.premises.slice(0, 1);
    const id = premises[0]!.premisesId;
    const vacancies = [
      { premisesId: id, fromDay: 100, toDay: 130, rentRubMonth: 50_000 },
      { premisesId: id, fromDay: 130, toDay: 160, rentRubMonth: 45_000 },
    ];
    const short = new MarketTimeline({ ...history, premises, vacancies });
    expect(short.freeOn(99).count).toBe(0);
    const { sinceDay, rentRubMonth, openingRentRubMonth } = short.freeOn(140);
    expect([sinceDay[0], rentRubMonth[0], openingRentRubMonth[0]]).toEqual([100, 45_000, 50_000]);
    expect(short.freeOn(160).count).toBe(0);
    expect(short.lastFreeDay(0, 170, 30)).toBe(159);
    expect(short.lastFreeDay(0, 200, 30)).toBeNaN();
  });

  it("is nothing where there is no vacancy or no premises", () => {
    expect(new MarketTimeline({ ...history, vacancies: [] }).freeOn(days[0]!).count).toBe(0);
    expect(new MarketTimeline({ ...history, premises: [] }).freeOn(days[0]!).count).toBe(0);
  });
});

describe("as of a day", () => {
  const vocabulary = learnVocabulary(timeline);
  const features = catalog(vocabulary);

  it("gives the same vectors from records that were cut off that day", () => {
    expect(features.length).toBeGreaterThan(catalog(anyVocabulary).length);
    for (const day of days.slice(0, 10)) {
      const cut = new MarketTimeline(historyAsOf(history, day));
      const leads = history.leads.filter((lead) => lead.createdDay <= day).slice(-3);
      for (const lead of leads) {
        const managerId = history.managers[0]!.managerId;
        const vectors = [timeline, cut].map((each) => {
          const scene = new Scene(each, lead, managerId, day);
          return vectorize(
            features,
            Array.from({ length: scene.standing.free.count }, (_, at) => pairOf(scene, at)),
          );
        });
        expect(vectors[0]!.length).toBeGreaterThan(0);
        expect(vectors[1]).toEqual(vectors[0]);
      }
    }
  });

  it("does not depend on the order of the records", () => {
    const turned = new MarketTimeline({
      ...history,
      premises: history.premises.toReversed(),
      vacancies: history.vacancies.toReversed(),
      offers: history.offers.toReversed(),
      leases: history.leases.toReversed(),
      leads: history.leads.toReversed(),
    });
    const vectors = [timeline, turned].map((each) => {
      const scene = new Scene(each, history.leads.at(-1)!, null, days[0]!);
      return vectorize(
        features,
        Array.from({ length: scene.standing.free.count }, (_, at) => pairOf(scene, at)),
      );
    });
    expect(vectors[1]).toEqual(vectors[0]);
  });
});

it("a month begins on its first day", () => {
  expect(monthOf(Date.UTC(2024, 1, 29) / 86_400_000)).toBe(Date.UTC(2024, 1, 1) / 86_400_000);
});

describe("built in slices", () => {
  it("answers as built at once, whatever the order of the rows, and pauses on the way", async () => {
    const shuffled = { ...history };
    for (const rows of ["premises", "vacancies", "leases", "offers", "leads"] as const)
      Object.assign(shuffled, { [rows]: history[rows].toSorted(() => random() - 0.5) });
    const sliced = await MarketTimeline.inSlices(shuffled);
    expect(
      [...MarketIndex.of({ ...history, vacancies: Array(9).fill(history.vacancies).flat() })].length,
    ).toBeGreaterThan(5);
    expect(sliced.premises).toEqual(timeline.premises);
    expect(sliced.offers).toEqual(timeline.offers);
    expect(sliced.leases).toEqual(timeline.leases);
    const features = catalog(learnVocabulary(timeline));
    for (const day of days.slice(0, 8)) {
      expect(sliced.freeOn(day)).toEqual(timeline.freeOn(day));
      const vectors = [timeline, sliced].map((one) => {
        const scene = new Scene(one, history.leads.at(-5)!, history.managers[0]!.managerId, day);
        return vectorize(
          features,
          Array.from({ length: scene.standing.free.count }, (_, at) => pairOf(scene, at)),
        );
      });
      expect(vectors[1]).toEqual(vectors[0]);
    }
  });
});
