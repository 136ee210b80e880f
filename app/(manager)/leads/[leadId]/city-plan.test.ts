import { expect, it } from "vitest";
import { nearestThatWay, type Point, placesAround, planCity } from "./city-plan.ts";

const size = { width: 400, height: 360 };
const centres = [
  { name: "Центральный", bank: "right", xKm: 0.2, yKm: 0.4 },
  { name: "Заельцовский", bank: "right", xKm: -1.4, yKm: 4.8 },
  { name: "Советский", bank: "right", xKm: 11, yKm: -19.5 },
  { name: "Ленинский", bank: "left", xKm: -5.6, yKm: -2.7 },
  { name: "Кировский", bank: "left", xKm: -4.1, yKm: -7.7 },
] as const;

const far = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
const areaOf = (cell: Point[]) =>
  Math.abs(
    cell.reduce((sum, a, i) => {
      const b = cell[(i + 1) % cell.length]!;
      return sum + a.x * b.y - b.x * a.y;
    }, 0),
  ) / 2;

it("gives the whole drawing away, each point to the district whose centre is nearest", () => {
  const { districts } = planCity(centres, size);
  expect(districts.reduce((sum, { cell }) => sum + areaOf(cell), 0)).toBeCloseTo(size.width * size.height, 3);
  for (const { centre, cell } of districts)
    for (const corner of cell) {
      const nearest = Math.min(...districts.map((other) => far(corner, other.centre)));
      expect(far(corner, centre)).toBeCloseTo(nearest, 6);
    }
});

it("keeps north above and the banks on their sides, with the river between them", () => {
  const { districts, river } = planCity(centres, size);
  const at = (name: string) => districts.find((one) => one.name === name)!.centre;
  expect(at("Заельцовский").y).toBeLessThan(at("Центральный").y);
  expect(at("Советский").y).toBeGreaterThan(at("Центральный").y);
  expect(river.length).toBeGreaterThan(0);
  for (const [a, b] of river) {
    const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    const nearest = [...districts].sort((p, q) => far(p.centre, middle) - far(q.centre, middle)).slice(0, 2);
    expect(new Set(nearest.map(({ bank }) => bank))).toEqual(new Set(["left", "right"]));
  }
});

it("leaves out what it cannot place, and is content with one district or none", () => {
  const odd = [
    { name: "где-то", bank: null, xKm: null, yKm: 3 },
    { name: "тут", bank: null, xKm: 1, yKm: 1 },
    { name: "тоже тут", bank: null, xKm: 1, yKm: 1 },
  ];
  const { districts, river } = planCity(odd, size);
  expect(districts.map(({ name }) => name)).toEqual(["тут"]);
  expect(districts[0]!.centre).toEqual({ x: 200, y: 180 });
  expect(river).toEqual([]);
  expect(planCity([], size).districts).toEqual([]);
});

it("puts dots inside their cell, however many, and no two on one place", () => {
  for (const count of [1, 2, 60]) {
    const places = placesAround({ x: 100, y: 100 }, count, 30, 14);
    expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(count);
    for (const place of places) expect(far(place, { x: 100, y: 100 })).toBeLessThanOrEqual(30);
  }
});

it("finds the next dot that way, straight ones before slanting ones", () => {
  const dots = [
    { x: 0, y: 0 },
    { x: 30, y: 0 },
    { x: 20, y: 19 },
    { x: -5, y: 0 },
    { x: 0, y: 40 },
  ];
  expect(nearestThatWay(dots, dots[0]!, { x: 1, y: 0 })).toBe(1);
  expect(nearestThatWay(dots, dots[0]!, { x: -1, y: 0 })).toBe(3);
  expect(nearestThatWay(dots, dots[0]!, { x: 0, y: 1 })).toBe(4);
  expect(nearestThatWay(dots, dots[0]!, { x: 0, y: -1 })).toBe(-1);
});
