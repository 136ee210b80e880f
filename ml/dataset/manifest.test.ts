import { expect, test } from "vitest";
import { catalog } from "../features/catalog.ts";
import { defaultParameters } from "../training/parameters.ts";
import { commandLineConfig } from "./manifest.ts";

test("the widest vocabulary gives a file that XGBoost's program can read: no value beyond its 255 characters", () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => `${i}`);
  const features = catalog({ trades: many(48), districts: many(24), managers: many(32) });
  const config = commandLineConfig("deal", { features, parameters: defaultParameters, seed: 1 });
  const values = Object.fromEntries(
    config
      .trim()
      .split("\n")
      .map((line) => line.split(" = ")),
  );
  const bound = values.monotone_constraints.slice(2, -2).split(",");
  expect(bound.map(Number)).toEqual(features.slice(0, bound.length).map(({ monotone }) => monotone));
  expect(features.slice(bound.length).every(({ monotone }) => monotone === 0)).toBe(true);
  expect(Number(values.num_feature)).toBe(features.length);
  for (const value of Object.values(values)) expect(String(value).length).toBeLessThanOrEqual(255);
});
