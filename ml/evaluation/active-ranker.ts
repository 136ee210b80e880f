import { FeatureSetMismatch, readArtifact } from "../artifact.ts";
import { chanceOfDeal } from "../chance-of-deal.ts";
import { catalog, featureSetId } from "../features/catalog.ts";
import { vectorize } from "../features/vectorize.ts";
import { modelSettings } from "../model-settings.ts";
import { openSession } from "../onnx/session.ts";
import { calibrated } from "../training/calibrate.ts";
import { type Ranker, sigmoids } from "./baselines.ts";

/** Why the active model cannot be held against the candidate. */
export type LeftOut = "other_features" | "unreadable";

/** The active model behind the contract of all rankers, by its own columns and trees. */
export type ActiveRanker =
  | { ranker: Ranker; threshold: number; close(): Promise<void> }
  | { leftOut: LeftOut; message: string };

/** Opens an artifact as a ranker of the days after its own last; it learnt from all before. Never throws: it says why not. */
export async function openActiveRanker(artifact: Uint8Array): Promise<ActiveRanker> {
  try {
    const { settings, heads, threshold, made } = readArtifact(artifact, featureSetId, modelSettings);
    const features = catalog(settings.vocabulary);
    const suitability = await openSession(heads.suitability.onnx);
    const deal = await openSession(heads.deal.onnx);
    const ranker: Ranker = {
      name: "active",
      fromDay: made.asOfDay + 1,
      async score(pairs) {
        const matrix = vectorize(features, pairs);
        const margins = await suitability.margins(matrix, pairs.length, features.length);
        const deals = await deal.margins(matrix, pairs.length, features.length);
        const chances = Array.from(deals, (margin, row) =>
          chanceOfDeal(calibrated(settings.calibration, margin), margins[row]!, settings.surelySuitsOdds),
        );
        return { suitability: sigmoids(margins), order: chances };
      },
    };
    return { ranker, threshold, close: async () => void (await Promise.all([suitability.close(), deal.close()])) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { leftOut: error instanceof FeatureSetMismatch ? "other_features" : "unreadable", message };
  }
}
