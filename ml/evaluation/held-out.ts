import type { CandidateSet } from "../candidates.ts";
import type { Feature } from "../features/define-feature.ts";
import { type Pair, pairOf, Scene } from "../features/pair.ts";
import { vectorize } from "../features/vectorize.ts";
import type { MarketTimeline } from "../timeline.ts";
import { type Ranker, type RankerName, sigmoids } from "./baselines.ts";

/** A lead that nothing was fitted on, and what the records say of its free premises, by their places in the day's list. */
export interface HeldOutLead {
  set: CandidateSet;
  suits: number[];
  deals: number[];
  /** Offered by the records, whatever its end. */
  offered: { at: number; deal: boolean }[];
}

/** A ranker's scores of all that was free for each lead, in the order of the leads; null: it was not asked. */
export interface RankerAnswers {
  name: RankerName;
  suitability: (Float64Array | null)[];
  /** What the kept are ordered by. */
  order: (Float64Array | null)[];
}

/** Raw margins of both heads, a row each; whoever trained them. */
export interface HeadMargins {
  suitability: Float32Array;
  deal: Float32Array;
}

export interface HeldOut {
  leads: HeldOutLead[];
  /** The heads that are judged: suitability 0..1 and the deal head's raw margins. */
  suitability: Float64Array[];
  dealMargins: Float32Array[];
  others: RankerAnswers[];
}

export interface JudgeInput {
  timeline: MarketTimeline;
  /** Columns that the heads were fitted on. */
  features: readonly Feature[];
  sets: readonly CandidateSet[];
  heads: (matrix: Float32Array, rows: number) => HeadMargins | Promise<HeadMargins>;
  rankers: readonly Ranker[];
  signal?: AbortSignal | undefined;
}

/** Rows scored at once: a call reads a whole model anew, and a block must fit into memory beside the training. */
const BLOCK_ROWS = 16_384;

/** Scores every premises that was free for the held-out leads by the heads and by each ranker. */
export async function judgeHeldOut({ timeline, features, sets, heads, rankers, signal }: JudgeInput): Promise<HeldOut> {
  const others = rankers.map(({ name }): RankerAnswers => ({ name, suitability: [], order: [] }));
  const heldOut: HeldOut = { leads: [], suitability: [], dealMargins: [], others };
  for (const block of blocksOf(timeline, sets)) {
    const matrix = vectorize(features, block.pairs);
    const margins = await heads(matrix, block.pairs.length);
    for (const { set, from, to } of block.leads) {
      heldOut.leads.push(knownOf(set));
      heldOut.suitability.push(sigmoids(margins.suitability.subarray(from, to)));
      heldOut.dealMargins.push(margins.deal.slice(from, to));
    }
    for (const [i, ranker] of rankers.entries()) await ask(ranker, others[i]!, block, matrix, features.length);
    signal?.throwIfAborted();
  }
  return heldOut;
}

interface Block {
  pairs: Pair[];
  /** `from`, `to`: its rows. In the order of days. */
  leads: { set: CandidateSet; from: number; to: number }[];
}

function* blocksOf(timeline: MarketTimeline, sets: readonly CandidateSet[]): Generator<Block> {
  let block: Block = { pairs: [], leads: [] };
  for (const set of sets) {
    const scene = new Scene(timeline, set.lead, set.managerId, set.day);
    const from = block.pairs.length;
    for (let at = 0; at < scene.standing.free.count; at++) block.pairs.push(pairOf(scene, at));
    block.leads.push({ set, from, to: block.pairs.length });
    if (block.pairs.length < BLOCK_ROWS) continue;
    yield block;
    block = { pairs: [], leads: [] };
  }
  if (block.leads.length > 0) yield block;
}

/** Asks of the leads that the ranker may be asked of: those from its first day on, which are the last of a block. */
async function ask(ranker: Ranker, answers: RankerAnswers, block: Block, matrix: Float32Array, columns: number) {
  const asked = block.leads.filter(({ set }) => set.day >= (ranker.fromDay ?? Number.NEGATIVE_INFINITY));
  for (let lead = asked.length; lead < block.leads.length; lead++) {
    answers.suitability.push(null);
    answers.order.push(null);
  }
  const first = asked[0]?.from ?? block.pairs.length;
  if (asked.length === 0) return;
  const { suitability, order } = await ranker.score(block.pairs.slice(first), matrix.subarray(first * columns));
  for (const { from, to } of asked) {
    const slice = (scores: ArrayLike<number>) =>
      Float64Array.from({ length: to - from }, (_, i) => scores[from - first + i]!);
    answers.suitability.push(slice(suitability));
    answers.order.push(slice(order ?? suitability));
  }
}

function knownOf(set: CandidateSet): HeldOutLead {
  const suitable = set.candidates.filter((candidate) => candidate.suitable);
  return {
    set,
    suits: suitable.map(({ at }) => at),
    deals: set.candidates.filter((candidate) => candidate.deal).map(({ at }) => at),
    offered: suitable.filter(({ judged }) => !judged).map(({ at, deal }) => ({ at, deal })),
  };
}
