import { describe, expect, it } from "vitest";
import { priceGuide, rentsToTry } from "./price.ts";

const market = { lowestRubSqmMonth: 500, highestRubSqmMonth: 1500 };
const falling = rentsToTry(100_000).map((_, i) => 0.3 - i * 0.01);

describe("rentsToTry", () => {
  it.each([1, 7.3, 99, 12_345.67, 100_000, 9e8])("rises from 0.7 to 1.3 of %d ₽ in at least 13 steps", (asking) => {
    const rents = rentsToTry(asking);
    expect(rents.length).toBeGreaterThanOrEqual(13);
    expect(rents).toContain(asking);
    expect(rents[0]! / asking).toBeCloseTo(0.7, 1);
    expect(rents.at(-1)! / asking).toBeCloseTo(1.3, 1);
    for (let i = 1; i < rents.length; i++) expect(rents[i]!).toBeGreaterThan(rents[i - 1]!);
  });

  it.each([Number.NaN, 0, -5])("is empty where %d is asked", (asking) => expect(rentsToTry(asking)).toEqual([]));
});

describe("priceGuide", () => {
  it("marks what nobody paid for such premises, and advises among the rest alone", () => {
    const similar = [800, 850, 900, 950, 1050];
    const guide = priceGuide({ askingRubMonth: 100_000, areaSqm: 100, probabilities: falling, similar, market });
    expect(guide.curve.filter((point) => !point.beyondSeen).map((point) => point.rentRubMonth)).toEqual([
      80_000, 85_000, 90_000, 95_000, 100_000, 105_000,
    ]);
    const best = guide.curve.find((point) => point.rentRubMonth === guide.bestRubMonth)!;
    for (const point of guide.curve.filter((one) => !one.beyondSeen))
      expect(best.rentRubMonth * best.probability).toBeGreaterThanOrEqual(point.rentRubMonth * point.probability);
    expect(guide.similar).toEqual({
      n: 5,
      q25RubSqmMonth: 850,
      medianRubSqmMonth: 900,
      q75RubSqmMonth: 950,
    });
  });

  it("goes by the whole market's range where few similar leases are known, and tells how few", () => {
    const guide = priceGuide({
      askingRubMonth: 140_000,
      areaSqm: 100,
      probabilities: falling,
      similar: [2000, 2100],
      market,
    });
    expect(guide.curve.filter((point) => point.beyondSeen).map((point) => point.rentRubMonth)).toEqual([
      154_000, 161_000, 168_000, 175_000, 182_000,
    ]);
    expect(guide.similar).toMatchObject({ n: 2, medianRubSqmMonth: 2050 });
  });

  it("advises nothing where nothing was seen, nothing is asked or the area is unknown", () => {
    const asked = { askingRubMonth: 100_000, areaSqm: 100, probabilities: falling, similar: [], market };
    for (const input of [
      { ...asked, market: { lowestRubSqmMonth: Number.NaN, highestRubSqmMonth: Number.NaN } },
      { ...asked, areaSqm: Number.NaN },
    ]) {
      const guide = priceGuide(input);
      expect(guide.curve.every((point) => point.beyondSeen)).toBe(true);
      expect(guide).toMatchObject({ bestRubMonth: Number.NaN, similar: null });
    }
    expect(priceGuide({ ...asked, askingRubMonth: Number.NaN })).toMatchObject({ curve: [], bestRubMonth: Number.NaN });
  });
});
