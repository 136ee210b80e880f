import { createHash } from "node:crypto";
import { areaFeatures } from "./area.ts";
import { brandFeatures } from "./brand.ts";
import type { Feature } from "./define-feature.ts";
import { leadFeatures } from "./lead.ts";
import { managerFeature, managerFeatures, otherManagerFeature } from "./manager.ts";
import { neighbourFeatures, neighbourTradeFeature } from "./neighbours.ts";
import { districtFeature, placeFeatures } from "./place.ts";
import { premisesFeatures } from "./premises.ts";
import { rentFeatures } from "./rent.ts";
import { standingFeatures } from "./standing.ts";
import { tradeFeature, tradeFeatures } from "./trade.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** All features in the order of the matrix's columns. */
export function catalog(vocabulary: Vocabulary): Feature[] {
  return [
    ...areaFeatures,
    ...rentFeatures,
    ...placeFeatures,
    ...premisesFeatures,
    ...leadFeatures,
    ...tradeFeatures,
    ...neighbourFeatures,
    ...brandFeatures,
    ...managerFeatures,
    ...standingFeatures,
    ...vocabulary.trades.map(tradeFeature),
    ...vocabulary.trades.map(neighbourTradeFeature),
    ...vocabulary.districts.map(districtFeature),
    ...vocabulary.managers.map(managerFeature),
    otherManagerFeature(vocabulary.managers),
  ];
}

/** What every class's column looks like, whatever the vocabulary. */
export const anyVocabulary: Vocabulary = { trades: ["*"], districts: ["*"], managers: ["*"] };

/**
 * Names this build's definitions: 16 hex digits of the hash of every feature's name, unit, group, missing rule, constraint
 * and version. The vocabulary is not in it: it comes with the artifact.
 */
export const featureSetId: string = createHash("sha256")
  .update(JSON.stringify(catalog(anyVocabulary).map(({ compute: _, scope: __, ...definition }) => definition)))
  .digest("hex")
  .slice(0, 16);
