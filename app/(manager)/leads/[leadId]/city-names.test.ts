import { expect, it } from "vitest";
import { boxOf, placeNames } from "./city-names.ts";
import { placesAround, planCity } from "./city-plan.ts";

const size = { width: 400, height: 360 };
const dotRadius = 4.5;
const plan = planCity(
  [
    { name: "Центральный", bank: "right", xKm: 0.2, yKm: 0.4 },
    { name: "Железнодорожный", bank: "right", xKm: -1.7, yKm: 0.9 },
    { name: "Заельцовский", bank: "right", xKm: -1.4, yKm: 4.8 },
    { name: "Калининский", bank: "right", xKm: 2.6, yKm: 7.6 },
    { name: "Ленинский", bank: "left", xKm: -5.6, yKm: -2.7 },
    { name: "Кировский", bank: "left", xKm: -4.1, yKm: -7.7 },
    { name: "Советский", bank: "right", xKm: 11, yKm: -19.5 },
  ],
  size,
);

const named = (count: number) =>
  plan.districts.map(({ name, centre, radius }) => ({
    ...{ name, words: name, centre },
    dots: placesAround(centre, count, radius - dotRadius - 7, 3 * dotRadius),
  }));

it.each([0, 1, 6, 20, 48])(
  "puts each name in the drawing, on no dot of %i a district and on no other name",
  (count) => {
    const districts = named(count);
    const at = placeNames(districts, { dotRadius, river: plan.river, size });
    const boxes = districts.map(({ name, words }) => ({ name, ...boxOf(words, at.get(name)!) }));
    for (const { name, left, right, top, bottom } of boxes) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(size.width);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(size.height);
      const touched = districts.flatMap(({ dots }) =>
        dots.filter(
          ({ x, y }) => x + dotRadius > left && x - dotRadius < right && y + dotRadius > top && y - dotRadius < bottom,
        ),
      );
      expect([name, touched]).toEqual([name, []]);
      const crossed = boxes.filter(
        (one) => one.left < right && left < one.right && one.top < bottom && top < one.bottom,
      );
      expect(crossed.map((one) => one.name)).toEqual([name]);
    }
  },
);

it("stands right above the dots where nothing is in the way", () => {
  const centre = { x: 200, y: 180 };
  const one = { name: "Центральный", words: "Центральный", centre, dots: [centre] };
  const at = placeNames([one], { dotRadius, river: [], size }).get("Центральный")!;
  expect(at.x).toBe(200);
  expect(boxOf(one.words, at).bottom).toBeLessThan(centre.y - dotRadius);
  expect(boxOf(one.words, at).bottom).toBeGreaterThan(centre.y - dotRadius - 6);
});

it("avoids the river where there is room beside it", () => {
  const one = { name: "Ленинский", words: "Ленинский", centre: { x: 200, y: 180 }, dots: [] };
  const river = [
    [
      { x: 0, y: 172 },
      { x: 400, y: 172 },
    ],
  ] as const;
  const box = boxOf(one.words, placeNames([one], { dotRadius, river, size }).get("Ленинский")!);
  expect(box.bottom <= 166 || box.top >= 178).toBe(true);
});
