import { createHash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { type OpenedArtifact, readArtifact } from "./artifact.ts";
import { explainTrees } from "./explain/tree-shap.ts";
import { catalog, featureSetId } from "./features/catalog.ts";
import { pairOf, Scene } from "./features/pair.ts";
import { type ModelSettings, modelSettings } from "./model-settings.ts";
import { openSession, type Session } from "./onnx/session.ts";
import type { TasteList } from "./personalize/taste-mark.ts";
import type { LeadScore, LeadsRequest, PairScore, Ranking, RankRequest, Reason } from "./ranked.ts";
import { Judge, type Judged, logit } from "./ranking/judge.ts";
import { type Place, PlaceRows } from "./ranking/place-rows.ts";
import { rankingOf } from "./ranking/ranking-of.ts";
import { tasteFeaturesOf } from "./ranking/taste-pull.ts";
import { Telling, type TellingModel } from "./ranking/telling.ts";
import type { MarketTimeline } from "./timeline.ts";
import type { Threshold, ThresholdBasis } from "./training/choose-threshold.ts";
import { TreeWalker } from "./xgboost/walk-trees.ts";

/** The model answers its canary rows otherwise than when it was made: it must not serve. */
export class CanaryFailed extends Error {
  override name = "CanaryFailed";
}

export interface RankingModel {
  readonly featureSetId: string;
  readonly threshold: number;
  readonly thresholdBasis: ThresholdBasis;
  /** Last day of the records it was trained on. */
  readonly asOfDay: number;
  /** The same model with another threshold: nothing is opened anew, and closing either closes both. */
  withThreshold(threshold: number, basis: ThresholdBasis): RankingModel;
  /** The suitability of every premises that is free on the day, by its id: of the model alone, without anybody's taste. */
  suitabilities(timeline: MarketTimeline, request: Omit<RankRequest, "taste">): Promise<Map<string, number>>;
  /** A verdict for every premises that is free on the day, each once; none free gives an empty list. */
  rank(timeline: MarketTimeline, request: RankRequest): Promise<Ranking>;
  /** The same pairs seen from the premises: null where it was not free that day. Equal to `rank` to the last bit. */
  scorePair(timeline: MarketTimeline, request: RankRequest, premisesId: string): Promise<PairScore | null>;
  /**
   * One premises for many leads, an answer for each in their order; null where it was not free that day. Each score equals
   * that of `rank` for that lead, manager and taste to the last bit.
   */
  scoreLeads(timeline: MarketTimeline, request: LeadsRequest): Promise<LeadScore[] | null>;
  /** What learning a manager's taste needs of one list, taste excluded. */
  tasteList(
    timeline: MarketTimeline,
    request: Omit<RankRequest, "taste"> & { leadId: string },
  ): Promise<{ list: TasteList; premisesIds: string[] }>;
  close(): Promise<void>;
}

/**
 * Opens a model for serving. Throws `ArtifactBroken`, `FeatureSetMismatch`, or `CanaryFailed` when this machine answers
 * the stored rows otherwise than the machine that trained it.
 */
export async function openModel(bytes: Uint8Array): Promise<RankingModel> {
  const artifact = readArtifact(bytes, featureSetId, modelSettings);
  const features = catalog(artifact.settings.vocabulary);
  const expected = artifact.featureNames;
  if (features.length !== expected.length || features.some(({ name }, i) => name !== expected[i]))
    throw new CanaryFailed("The model's columns are not those that its vocabulary gives: retrain, or roll back");
  const heads = {
    suitability: await openSession(artifact.heads.suitability.onnx),
    deal: await openSession(artifact.heads.deal.onnx),
  };
  await checkCanary(artifact, heads);
  const rows = new PlaceRows(features);
  const { settings, trees, made, threshold, thresholdBasis } = artifact;
  const { seenRents } = settings;
  const walkers = {
    suitability: new TreeWalker(trees.suitability),
    deal: new TreeWalker(trees.deal, rows.rentColumns),
  };
  return new OpenModel(
    { rows, heads, seenRents, explainer: explainTrees(trees.suitability), asOfDay: made.asOfDay },
    new Judge({ rows, heads, settings, walkers }, threshold),
    { threshold, basis: thresholdBasis as ThresholdBasis },
  );
}

/** Larger differences than a float's last digits mean another model or a broken runtime. */
const CANARY_TOLERANCE = 1e-4;

/** What does not move with the threshold. */
interface ModelParts extends Omit<TellingModel, "judge"> {
  heads: { suitability: Session; deal: Session };
  asOfDay: number;
}

class OpenModel implements RankingModel {
  readonly featureSetId = featureSetId;
  readonly threshold: number;
  readonly thresholdBasis: ThresholdBasis;
  readonly asOfDay: number;
  private readonly parts: ModelParts;
  private readonly judge: Judge;
  private readonly telling: TellingModel;

  constructor(parts: ModelParts, judge: Judge, { threshold, basis }: Threshold) {
    this.threshold = threshold;
    this.thresholdBasis = basis;
    this.asOfDay = parts.asOfDay;
    this.parts = parts;
    this.judge = judge;
    this.telling = { ...parts, judge };
  }

  withThreshold(threshold: number, basis: ThresholdBasis): RankingModel {
    return new OpenModel(this.parts, this.judge.withThreshold(threshold), { threshold, basis });
  }

  async suitabilities(timeline: MarketTimeline, request: Omit<RankRequest, "taste">): Promise<Map<string, number>> {
    const judged = await this.judge.judge(allPlaces(timeline, request), () => null);
    return new Map(judged.map((one) => [idOf(one), one.suitability]));
  }

  async rank(timeline: MarketTimeline, request: RankRequest): Promise<Ranking> {
    const hash = createHash("sha256");
    const judged = await this.judge.judge(allPlaces(timeline, request), () => request.taste, {
      withCurves: true,
      onRows: (rows) => hash.update(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength)),
    });
    const shown = inOrder(judged);
    await turn();
    const standings = shown.map((one) => ({ premisesId: idOf(one), ...scoreOf(one) }));
    const { threshold } = this;
    return rankingOf(standings, new Telling(this.telling, shown), { threshold, featuresSha256: hash.digest("hex") });
  }

  async scorePair(timeline: MarketTimeline, request: RankRequest, premisesId: string): Promise<PairScore | null> {
    const { asOfDay, ...asker } = request;
    const [score] = (await this.scoreLeads(timeline, { premisesId, asOfDay, leads: [asker] })) ?? [];
    if (!score) return null;
    const { verdict, suitability, probability } = score;
    return { verdict, suitability, probability };
  }

  async scoreLeads(
    timeline: MarketTimeline,
    { premisesId, asOfDay, leads }: LeadsRequest,
  ): Promise<LeadScore[] | null> {
    const at = timeline.freeOn(asOfDay).premises.indexOf(timeline.indexOf(premisesId));
    if (at < 0) return null;
    const judged = await this.judge.judge(
      leads.map(({ lead, managerId }) => ({ scene: new Scene(timeline, lead, managerId, asOfDay), at })),
      (index) => leads[index]!.taste,
    );
    const telling = new Telling(this.telling, judged);
    return judged.map((one, index) => {
      let reasons: Reason[] | undefined;
      return {
        ...scoreOf(one),
        get reasons() {
          reasons ??= telling.reasonsOf(index);
          return reasons;
        },
      };
    });
  }

  async tasteList(
    timeline: MarketTimeline,
    request: Omit<RankRequest, "taste"> & { leadId: string },
  ): Promise<{ list: TasteList; premisesIds: string[] }> {
    const shown = inOrder(await this.judge.judge(allPlaces(timeline, request), () => null));
    const least = logit(this.threshold);
    return {
      list: {
        leadId: request.leadId,
        asOfDay: request.asOfDay,
        features: shown.map(({ scene, at }) => tasteFeaturesOf(pairOf(scene, at))),
        margins: shown.map(({ margin }) => margin - least),
      },
      premisesIds: shown.map(idOf),
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.parts.heads.suitability.close(), this.parts.heads.deal.close()]);
  }
}

async function checkCanary(
  { canary, trees, featureNames }: OpenedArtifact<ModelSettings>,
  heads: { suitability: Session; deal: Session },
): Promise<void> {
  const { matrix, margins } = canary;
  const columns = featureNames.length;
  for (const head of ["suitability", "deal"] as const) {
    const rows = margins[head].length;
    const walker = new TreeWalker(trees[head]);
    const walked = Float32Array.from({ length: rows }, (_, row) =>
      walker.margin(matrix.subarray(row * columns, (row + 1) * columns)),
    );
    // Curves and remedies are walked, verdicts are run: they must be of one model.
    const run = await heads[head].margins(matrix, rows, columns).catch((cause: unknown) => {
      throw new CanaryFailed(`The ${head} head does not answer its canary rows`, { cause });
    });
    for (const answers of [run, walked]) {
      const off = answers.findIndex((margin, row) => !(Math.abs(margin - margins[head][row]!) <= CANARY_TOLERANCE));
      if (off >= 0)
        throw new CanaryFailed(
          `Canary row ${off} of the ${head} head gives ${answers[off]}, not ${margins[head][off]}`,
        );
    }
  }
}

function allPlaces(timeline: MarketTimeline, { lead, managerId, asOfDay }: Omit<RankRequest, "taste">): Place[] {
  const scene = new Scene(timeline, lead, managerId, asOfDay);
  return Array.from({ length: scene.standing.free.count }, (_, at) => ({ scene, at }));
}

/** As a manager sees them: the kept by chance of a deal, then the removed, nearest to the threshold first. */
function inOrder(judged: readonly Judged[]): Judged[] {
  // The day's list is in the order of ids, which settles what is equal.
  const kept = judged
    .filter(({ verdict }) => verdict === "keep")
    .sort((a, b) => b.probability - a.probability || b.suitability - a.suitability || a.at - b.at);
  const removed = judged
    .filter(({ verdict }) => verdict === "remove")
    .sort((a, b) => b.suitability - a.suitability || a.at - b.at);
  return [...kept, ...removed];
}

function idOf({ scene, at }: Place): string {
  return scene.timeline.premises[scene.standing.free.premises[at]!]!.premisesId;
}

function scoreOf({ verdict, suitability, probability }: Judged): PairScore {
  return { verdict, suitability, probability };
}
