import type { Candidate, CandidateSet } from "../candidates.ts";
import type { TrainingMaterial } from "./material.ts";
import type { TrainingParameters } from "./parameters.ts";

/** Labels and weights of one head, row by row; rows of weight 0 teach it nothing. */
export interface HeadRows {
  labels: Float32Array;
  weights: Float32Array;
}

/** All rows of the sets, one after another: what each head is to learn from them. */
export function labelRows(
  sets: readonly CandidateSet[],
  {
    parameters,
    timeline,
    dealsKnownUntilDay,
  }: Pick<TrainingMaterial, "parameters" | "timeline" | "dealsKnownUntilDay">,
): { rows: number; suitability: HeadRows; deal: HeadRows } {
  const rows = sets.reduce((sum, set) => sum + set.candidates.length, 0);
  const head = () => ({ labels: new Float32Array(rows), weights: new Float32Array(rows) });
  const [suitability, deal] = [head(), head()];
  let row = 0;
  for (const set of sets) {
    const weight = setWeight(set, parameters, timeline.snapshotDay);
    // Of what was offered lately it is not known yet whether it is rented: it would teach that nothing is rented nowadays.
    const dealWeight = set.day > dealsKnownUntilDay ? 0 : weight;
    const weightOf = negativeWeights(set);
    for (const candidate of set.candidates) {
      const drawn = candidate.suitable ? 1 : weightOf(candidate);
      suitability.labels[row] = +candidate.suitable;
      suitability.weights[row] = weight * drawn * emphasis(candidate, parameters);
      deal.labels[row] = +candidate.deal;
      // Offered and not rented is no sign against a deal: of such pairs nearly none is recorded, and they suit.
      deal.weights[row] = candidate.suitable && !candidate.deal ? 0 : dealWeight * drawn;
      row++;
    }
  }
  return { rows, suitability, deal };
}

/**
 * What does not suit weighs as much as was drawn of it: one that is merely free stands for several, one that a person called
 * unsuitable for itself. Marks name the mistakes on top of a list and none of what is right there: at full weight they would
 * teach that on top nothing suits. And where nothing is known to suit, what is merely free is no guess at what does not:
 * every other set has something that does, and these would make their days look barren.
 */
function negativeWeights({ candidates }: CandidateSet): (candidate: Candidate) => number {
  const standsFor = Math.max(...candidates.map((candidate) => candidate.standsFor));
  const anySuits = candidates.some((candidate) => candidate.suitable);
  return ({ judged }) => (judged ? 1 / standsFor : +anySuits);
}

function setWeight(set: CandidateSet, parameters: TrainingParameters, lastDay: number): number {
  const recency = 0.5 ** ((lastDay - set.day) / parameters.halfLifeDays);
  return recency * (set.leadId === null ? parameters.namelessWeight : 1);
}

function emphasis(candidate: Candidate, { dealWeight, judgedWeight }: TrainingParameters): number {
  if (candidate.judged) return judgedWeight;
  return candidate.deal ? dealWeight : 1;
}
