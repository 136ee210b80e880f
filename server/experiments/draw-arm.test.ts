import { expect, test } from "vitest";
import { drawArm } from "./draw-arm.ts";

test("every four leads of a manager are two of each arm, in an order that the seed decides", () => {
  const orders = new Set<string>();
  for (let seed = 0; seed < 60; seed++)
    for (let begins = 0; begins < 40; begins += 4) {
      const four = [0, 1, 2, 3].map((i) => drawArm(seed, "101", begins + i));
      expect(four.toSorted()).toEqual(["model", "model", "rules", "rules"]);
      orders.add(four.join());
    }
  expect(orders.size).toBe(6);
});

test("the first lead of a manager is as often of one arm as of the other", () => {
  const first = Array.from({ length: 2000 }, (_, i) => drawArm(7, `manager ${i}`, 0));
  const share = first.filter((arm) => arm === "model").length / first.length;
  // Five standard deviations of a fair coin.
  expect(Math.abs(share - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / 2000));
});

test("it stays the same whoever asks again, and differs between managers and seeds", () => {
  const places = Array.from({ length: 40 }, (_, place) => place);
  const line = (seed: number, stratum: string) => places.map((place) => drawArm(seed, stratum, place)).join();
  expect(line(3, "101")).toBe(line(3, "101"));
  expect(line(3, "101")).not.toBe(line(3, "102"));
  expect(line(3, "101")).not.toBe(line(4, "101"));
});
