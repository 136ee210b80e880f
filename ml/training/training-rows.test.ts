import { expect, it } from "vitest";
import type { Candidate, CandidateSet } from "../candidates.ts";
import { defaultParameters } from "./parameters.ts";
import { labelRows } from "./training-rows.ts";

const free = (at: number): Candidate => ({ at, suitable: false, deal: false, judged: false, standsFor: 5 });
const offered = (at: number): Candidate => ({ ...free(at), suitable: true, standsFor: 1 });
const unfit = (at: number): Candidate => ({ ...free(at), judged: true, standsFor: 1 });

it("weighs what a person called unsuitable as it would have been drawn", () => {
  const { suitability, deal } = rowsOf([offered(0), unfit(1), free(2), free(3)]);
  expect([...suitability.labels]).toEqual([1, 0, 0, 0]);
  expect(weights(suitability)).toEqual([1, defaultParameters.judgedWeight / 5, 1, 1]);
  // Offered and not rented says nothing of a deal.
  expect(weights(deal)).toEqual([0, 1 / 5, 1, 1]);
});

it("learns from a marked list of which nothing is known to suit by its marks alone", () => {
  const { suitability, deal } = rowsOf([unfit(0), free(1), free(2)]);
  expect(weights(suitability)).toEqual([defaultParameters.judgedWeight / 5, 0, 0]);
  expect(weights(deal)).toEqual([1 / 5, 0, 0]);
});

it("takes what a person called suitable at its full weight", () => {
  const { suitability } = rowsOf([{ ...offered(0), judged: true }, free(1)]);
  expect(weights(suitability)).toEqual([defaultParameters.judgedWeight, 1]);
});

const today = 20_000;

function rowsOf(candidates: Candidate[]) {
  const set = { leadId: "1", day: today, candidates } as CandidateSet;
  return labelRows([set], {
    parameters: defaultParameters,
    timeline: { snapshotDay: today } as Parameters<typeof labelRows>[1]["timeline"],
    dealsKnownUntilDay: today,
  });
}

function weights({ weights }: { weights: Float32Array }): number[] {
  return [...weights].map((weight) => +weight.toFixed(6));
}
